import type { MessageName, Say } from './language/messages.ts'

const REASONS: Readonly<Record<string, MessageName>> = {
  EACCES: 'systemNotAllowed',
  EEXIST: 'systemThere',
  EFBIG: 'systemTooLarge',
  EISDIR: 'systemFolder',
  ENOENT: 'systemNotThere',
  ENOSPC: 'systemFull',
  ENOTDIR: 'systemNotFolder',
  EPERM: 'systemNotAllowed',
  EROFS: 'systemReadOnly',
}

/** Whether the operating system has refused something, most often of a file. */
export function isSystemError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && 'syscall' in thrown
}

/** What the operating system has refused, in the language of the run. */
export function systemProblem(error: NodeJS.ErrnoException, say: Say): string {
  const reason = systemReason(error, say)
  return error.path === undefined ? reason : say('systemOf', { path: error.path, reason })
}

/** The same without the path; the system's own name of it where the language has none. */
export function systemReason({ code = '' }: NodeJS.ErrnoException, say: Say): string {
  const name = REASONS[code]
  return name === undefined ? say('systemOther', { code }) : say(name)
}
