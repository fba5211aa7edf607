import { constants, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import { Fault } from '@claviger/vault'
import { shellWord } from './connect/shell-word.ts'

/** A key or a passphrase is small; a larger file was given by mistake. */
const LIMIT_BYTES = 4096
const OTHERS_MASK = 0o077

/** What is checked of a file, and the user that this process acts as; `undefined` on Windows. */
export interface Ownership {
  readonly path: string
  readonly mode: number
  readonly owner: number
  readonly user: number | undefined
}

/**
 * Reads a file that nobody else may read, at most 4 KiB; `undefined` when there is none. The open
 * file is checked, not its name, so it cannot be exchanged in between. The caller erases the bytes.
 * @param what the file in words, as in `root key file`.
 * @throws Fault UnsealFailed, saying what to do, when it is no such file; never with its content.
 */
export async function readPrivateFile(what: string, path: string): Promise<Buffer | undefined> {
  // Without O_NONBLOCK a named pipe would hold the start up for ever.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK
  const file = await open(path, flags).catch((error: unknown) => {
    const code = codeOf(error)
    if (code === 'ENOENT') return undefined
    throw unsealFailed(`the ${what} ${path} cannot be opened (${code})${accessAdvice(code)}`, error)
  })
  if (file === undefined) return undefined
  try {
    const stats = await file.stat()
    const problem = fileProblem(path, stats)
    if (problem !== undefined) throw unsealFailed(`the ${what} ${path} ${problem}`)
    return await file.readFile()
  } catch (error) {
    if (error instanceof Fault) throw error
    throw unsealFailed(`the ${what} ${path} cannot be read (${codeOf(error)})`, error)
  } finally {
    await file.close()
  }
}

/** Why a file is not private, with the command that makes it so; `undefined` when it is. */
export function ownershipProblem({ path, mode, owner, user }: Ownership): string | undefined {
  if (user === undefined) return undefined
  if (owner !== user) {
    const command = `chown ${user} ${shellWord(path)}`
    return `belongs to user ${owner}, but the server runs as user ${user}; type: ${command}`
  }
  if ((mode & OTHERS_MASK) !== 0) {
    const found = (mode & 0o777).toString(8).padStart(4, '0')
    const command = `chmod 600 ${shellWord(path)}`
    return `can be used by others than its owner (mode ${found}); type: ${command}`
  }
  return undefined
}

/** The fault of a start that cannot unseal. */
export function unsealFailed(reason: string, cause?: unknown): Fault<'UnsealFailed'> {
  return new Fault('UnsealFailed', { reason }, { cause })
}

/** What to do about a path that cannot be used, to follow the error's code; may be empty. */
export function accessAdvice(code: string): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM': {
      const user = process.geteuid?.()
      const who = user === undefined ? "the server's user" : `the server's user (${user})`
      return `; ${who} must own it and may enter the folders above it (chown, chmod)`
    }
    case 'ENOTDIR':
    case 'EEXIST':
      return '; a file stands where its path needs a folder: correct the path'
    case 'ENOENT':
      return '; a folder of its path is missing, or a link leads nowhere'
    case 'ENOSPC':
    case 'EDQUOT':
      return '; make room on its disk'
    case 'EROFS':
      return '; its disk is mounted read-only: give a path on another one'
    default:
      return ''
  }
}

/** The system's name for what went wrong with a file. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}

function fileProblem(path: string, stats: Stats): string | undefined {
  if (stats.isDirectory()) return 'is a folder; give the path of a file in it'
  if (!stats.isFile()) return 'is not a regular file'
  if (stats.size > LIMIT_BYTES) return `has ${stats.size} bytes, which is too large for it`
  return ownershipProblem({ path, mode: stats.mode, owner: stats.uid, user: process.geteuid?.() })
}
