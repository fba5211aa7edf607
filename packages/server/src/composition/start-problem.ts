import { Fault } from '@claviger/vault'
import { StartError } from '../process/start-error.ts'

/** Says in words why the store could not be opened at a start; gives anything else back as it is. */
export function startProblem(thrown: unknown, dataDir: string): unknown {
  if (!(thrown instanceof Fault)) return thrown
  const fault: Fault = thrown
  switch (fault.code) {
    case 'StoreUnavailable': {
      const { reason } = fault.detail as Fault<'StoreUnavailable'>['detail']
      return new StartError(`The store in ${dataDir} cannot be used: ${reason}.`)
    }
    case 'UnsealFailed': {
      const { reason } = fault.detail as Fault<'UnsealFailed'>['detail']
      return new StartError(`The store in ${dataDir} cannot be unsealed: ${reason}.`)
    }
    case 'RecordCorrupt': {
      const { record, reason } = fault.detail as Fault<'RecordCorrupt'>['detail']
      return new StartError(
        `The store in ${dataDir} was changed by somebody else or damaged: ${record}, ${reason}. ` +
          'Nothing is served from it; put the whole folder back from a backup.',
      )
    }
    default:
      return thrown
  }
}
