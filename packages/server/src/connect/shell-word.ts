/**
 * A text as one word of a POSIX shell that stands for itself. @throws TypeError for a NUL in it.
 */
export function shellWord(text: string): string {
  if (text.includes('\0')) throw new TypeError('a word of a shell has no NUL')
  return /^[\w./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
