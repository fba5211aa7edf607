import type { ObjectPoller } from '@claviger/client/azure'
import { CliError } from '../cli-error.ts'

/** Waits for a deletion or a recovery, or gives what its beginning has said. */
export async function finished<Result>(
  poller: ObjectPoller<Result>,
  wait: boolean,
): Promise<Result> {
  if (wait) await poller.pollUntilDone()
  const result = poller.getResult()
  if (result === undefined) throw new CliError('The service has said nothing of the object.')
  return result
}
