import { alibaba } from '@claviger/wire'
import { refusalOf } from './fault-refusal.ts'

const { actionRow, KmsRefusal } = alibaba.shared

/** Tells whether a request only asks what would become of it. */
export function isDryRun(
  action: alibaba.shared.ActionName,
  parameters: alibaba.shared.RequestParameters,
): boolean {
  const isTaken = Object.hasOwn(actionRow(action).parameters, 'DryRun')
  return isTaken && parameters.get('DryRun')?.toLowerCase() === 'true'
}

/**
 * Does what is asked and keeps the result to itself: actions with this parameter change nothing,
 * and that it was asked is audited as what it is.
 * @throws KmsRefusal always: DryRunOperationError where it goes well, else AccessDeniedError or
 *   ValidationError; what is the server's own fault, or was not looked at, as it is.
 */
export async function dryRun(act: () => Promise<unknown>): Promise<never> {
  try {
    await act()
  } catch (thrown) {
    const { code, status, message, recommend } = refusalOf(thrown)
    if (status >= 500 || status === 429 || code === 'Throttling.User') throw thrown
    if (code === 'SignatureNonceUsed') throw thrown
    const words = { recommend: `${code}: ${message} ${recommend}`.trim() }
    const isDenied = code === 'Forbidden.NoPermission'
    throw new KmsRefusal(isDenied ? 'AccessDeniedError' : 'ValidationError', words)
  }
  throw new KmsRefusal('DryRunOperationError')
}
