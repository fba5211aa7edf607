const LONGEST = 500

/**
 * Words of a server that end in a record and on the screens of others: on one line, in ASCII, at
 * most 500 characters, without a full stop at the end.
 */
export function printable(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]+/g, ' ').trim().slice(0, LONGEST).replace(/[.\s]+$/, '')
}
