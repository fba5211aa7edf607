import { shellWord } from '../connect/shell-word.ts'
import { settings } from '../settings.ts'

const NO_MEMORY = 7
const READ_ONLY = 8
const INPUT_OUTPUT = 10
const CORRUPT = 11
const FULL = 13
const CANNOT_OPEN = 14
const NO_DATABASE = 26

/**
 * What the operator can do about a data folder that cannot be used, as a sentence; `undefined` when
 * the cause is none of the disk's. Looks for it below the faults that tell of it.
 * @param user the id that the server runs as; `undefined` on Windows.
 */
export function diskAdvice(
  thrown: unknown,
  dataDir: string,
  user: number | undefined = process.geteuid?.(),
): string | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const code = 'code' in error ? String(error.code) : ''
    const sqlite = 'errcode' in error ? Number(error.errcode) & 0xff : 0
    const advice = ofSystem(code, dataDir, user) ?? ofSqlite(sqlite, dataDir, user)
    if (advice !== undefined) return advice
  }
  return undefined
}

const OTHER_FOLDER = `set ${settings.dataDir.variable} to another one`

function ofSystem(code: string, dataDir: string, user: number | undefined): string | undefined {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return ownerAdvice(dataDir, user)
    case 'EEXIST':
    case 'ENOTDIR':
      return `A file stands where a folder is needed: move the file away, or ${OTHER_FOLDER}.`
    case 'ENOENT':
      return `A part of it is missing: see that its disk is mounted, or ${OTHER_FOLDER}.`
    case 'EISDIR':
      return `A folder stands where a file belongs; to find it, type: ls -la ${shellWord(dataDir)}`
    case 'ENOSPC':
    case 'EDQUOT':
      return roomAdvice(dataDir)
    case 'EROFS':
      return `Its disk is mounted read-only: mount it for writing, or ${OTHER_FOLDER}.`
    case 'EIO':
      return 'The disk fails: look into the system log, and save what can be read.'
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files are open: raise the limit (ulimit -n, or LimitNOFILE of systemd).'
    default:
      return undefined
  }
}

function ofSqlite(code: number, dataDir: string, user: number | undefined): string | undefined {
  switch (code) {
    case FULL:
      return roomAdvice(dataDir)
    case READ_ONLY:
    case CANNOT_OPEN:
      return (
        'Each of its files must be a file that the server may read and write. To see them, type: ' +
        `ls -la ${shellWord(dataDir)} – ${ownerAdvice(dataDir, user)}`
      )
    case INPUT_OUTPUT:
      return 'The disk fails: look into the system log, and save what can be read.'
    case CORRUPT:
    case NO_DATABASE:
      return 'Put the whole folder back from a backup.'
    case NO_MEMORY:
      return 'The machine has no memory left for it.'
    default:
      return undefined
  }
}

function roomAdvice(dataDir: string): string {
  return `Make room on its disk; to see what there is, type: df -h ${shellWord(dataDir)}`
}

function ownerAdvice(dataDir: string, user: number | undefined): string {
  if (user === undefined) return `Let the server's user into it, or ${OTHER_FOLDER}.`
  return (
    `The server runs as user ${user}, who must own it and may enter the folders above it. Type: ` +
    `chown -R ${user} ${shellWord(dataDir)} – or ${OTHER_FOLDER}.`
  )
}
