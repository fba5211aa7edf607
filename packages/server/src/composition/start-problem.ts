import { isFault } from '@claviger/vault'
import { StartError } from '../process/start-error.ts'

/** Says in words why the store could not be opened at a start; gives anything else back as it is. */
export function startProblem(thrown: unknown, dataDir: string): unknown {
  if (isFault(thrown, 'StoreUnavailable')) {
    return new StartError(`The store in ${dataDir} cannot be used: ${thrown.detail.reason}.`)
  }
  if (isFault(thrown, 'UnsealFailed')) {
    return new StartError(`The store in ${dataDir} cannot be unsealed: ${thrown.detail.reason}.`)
  }
  if (isFault(thrown, 'RecordCorrupt')) {
    const { record, reason } = thrown.detail
    return new StartError(
      `The store in ${dataDir} was changed by somebody else or damaged: ${record}, ${reason}. ` +
        'Nothing is served from it; put the whole folder back from a backup.',
    )
  }
  return thrown
}
