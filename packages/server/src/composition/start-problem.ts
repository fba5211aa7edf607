import { isFault } from '@claviger/vault'
import { StartError } from '../process/start-error.ts'
import { diskAdvice } from './disk-advice.ts'
import { settings } from '../settings.ts'
import { OtherWriter } from '../stores/embedded/other-writer.ts'
import { StoreDoubt } from '../stores/embedded/store-doubt.ts'

/** Errors of the disk that pass when somebody makes room or mounts it: a restart may help. */
const PASSING_CODES = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM'])
/** The same as SQLite names them: NOMEM, READONLY, IOERR, FULL, CANTOPEN. */
const PASSING_SQLITE = new Set([7, 8, 10, 13, 14])

/** Says in words why the store could not be opened at a start; gives anything else back as it is. */
export function startProblem(thrown: unknown, dataDir: string): unknown {
  if (isFault(thrown, 'StoreUnavailable') || isFault(thrown, 'AuditUnavailable')) {
    const advice = diskAdvice(thrown, dataDir)
    const sentence =
      `The store in ${dataDir} cannot be used: ${thrown.detail.reason}.` +
      (advice === undefined ? '' : ` ${advice}`)
    return new StartError(sentence, { mayPass: mayPass(thrown) })
  }
  if (isFault(thrown, 'UnsealFailed')) {
    return new StartError(`The store in ${dataDir} cannot be unsealed: ${thrown.detail.reason}.`)
  }
  if (isFault(thrown, 'ProviderUnavailable')) {
    return new StartError(`Keys cannot be used on this machine: ${thrown.detail.reason}.`)
  }
  if (thrown instanceof StoreDoubt) {
    return new StartError(
      `The store in ${dataDir} is not what was last committed: ${listed(thrown.doubts)}. Nothing ` +
        'is served from it. Put the whole folder back from a backup; or, if you know why and accept ' +
        `the store as it is, start once with ${settings.acceptStore.variable}=${thrown.code}`,
    )
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
    const advice = diskAdvice(thrown, dataDir)
    const sentence =
      `The data folder ${dataDir} cannot be used: ${thrown.message}.` +
      (advice === undefined ? '' : ` ${advice}`)
    return new StartError(sentence, { mayPass: mayPass(thrown) })
  }
  return thrown
}

const MOST_LISTED = 20

function listed(doubts: readonly string[]): string {
  const rest = doubts.length - MOST_LISTED
  return doubts.slice(0, MOST_LISTED).join('; ') + (rest > 0 ? `; and ${rest} more` : '')
}

function isSystemError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && 'syscall' in thrown && 'path' in thrown
}

/** Looks below the faults for the error of the disk, or another writer, that they tell of. */
function mayPass(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof OtherWriter) return true
    if ('code' in error && PASSING_CODES.has(String(error.code))) return true
    if ('errcode' in error && PASSING_SQLITE.has(Number(error.errcode) & 0xff)) return true
  }
  return false
}
