import { isFault } from '@claviger/vault'
import { StartError } from '../process/start-error.ts'

/** Errors of the disk that pass when somebody makes room or mounts it: a restart may help. */
const PASSING_CODES = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM'])
/** The same as SQLite names them: NOMEM, READONLY, IOERR, FULL, CANTOPEN. */
const PASSING_SQLITE = new Set([7, 8, 10, 13, 14])

/** Says in words why the store could not be opened at a start; gives anything else back as it is. */
export function startProblem(thrown: unknown, dataDir: string): unknown {
  if (isFault(thrown, 'StoreUnavailable') || isFault(thrown, 'AuditUnavailable')) {
    const sentence = `The store in ${dataDir} cannot be used: ${thrown.detail.reason}.`
    return new StartError(sentence, { mayPass: mayPass(thrown) })
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
  if (isSystemError(thrown)) {
    // Messages of the operating system quote no content, only the path.
    const sentence = `The data folder ${dataDir} cannot be used: ${thrown.message}.`
    return new StartError(sentence, { mayPass: mayPass(thrown) })
  }
  return thrown
}

function isSystemError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && 'syscall' in thrown && 'path' in thrown
}

/** Looks for the error of the disk below the faults that tell of it. */
function mayPass(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && PASSING_CODES.has(String(error.code))) return true
    if ('errcode' in error && PASSING_SQLITE.has(Number(error.errcode) & 0xff)) return true
  }
  return false
}
