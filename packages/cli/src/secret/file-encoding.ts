// How the octets of a file become the text of a secret, and come back. The words are those of `az`:
// text of an encoding is kept as that text, base64 and hex keep the octets.

/** The words of `--encoding`. */
export const FILE_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'ascii',
  'base64',
  'hex',
] as const

export type FileEncoding = (typeof FILE_ENCODINGS)[number]

/** The tag by which a download knows how the value was set, as `az` writes it. */
export const ENCODING_TAG = 'file-encoding'

export function isFileEncoding(text: string | undefined): text is FileEncoding {
  return (FILE_ENCODINGS as readonly (string | undefined)[]).includes(text)
}

/** The text of a value. @throws TypeError when the octets are no text of that encoding. */
export function valueOf(octets: Uint8Array, encoding: FileEncoding): string {
  switch (encoding) {
    case 'base64':
    case 'hex':
      return Buffer.from(octets).toString(encoding)
    case 'ascii':
      if (octets.some((octet) => octet > 127)) throw new TypeError('not ASCII')
      return Buffer.from(octets).toString('latin1')
    case 'utf-8':
    case 'utf-16le':
    case 'utf-16be':
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(octets)
  }
}

/** The octets of a value. @throws TypeError when it is not of that encoding. */
export function octetsOf(value: string, encoding: FileEncoding): Uint8Array {
  switch (encoding) {
    case 'base64':
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value)) throw new TypeError('not base64')
      return Buffer.from(value, 'base64')
    case 'hex':
      if (!/^([0-9a-f]{2})*$/i.test(value)) throw new TypeError('not hex')
      return Buffer.from(value, 'hex')
    case 'ascii':
      if (/[^\p{ASCII}]/u.test(value)) throw new TypeError('not ASCII')
      return Buffer.from(value, 'latin1')
    case 'utf-8':
      return Buffer.from(value, 'utf8')
    case 'utf-16le':
      return Buffer.from(value, 'utf16le')
    case 'utf-16be':
      return Buffer.from(value, 'utf16le').swap16()
  }
}
