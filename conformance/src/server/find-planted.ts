import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** A value that must not be readable where data rests, and files that may hold it all the same. */
export interface Planted {
  readonly what: string
  readonly value: string | Uint8Array
  readonly allowedIn: readonly string[]
}

/** Fewer octets than this would be found by chance. */
const SHORTEST = 8

/**
 * Sentences that name each place where a planted value can be read, as it is, in hexadecimal, or in
 * either base64, at any offset within what was encoded.
 */
export function findPlanted(
  planted: readonly Planted[],
  files: readonly string[],
  texts: Readonly<Record<string, string>>,
): readonly string[] {
  const places: [string, Buffer][] = files.map((file) => [file, readIfThere(file)])
  for (const [name, text] of Object.entries(texts)) places.push([name, Buffer.from(text)])
  return planted.flatMap(({ what, value, allowedIn }) => {
    const needles = encodings(value)
    return places
      .filter(([place]) => !allowedIn.includes(basename(place)))
      .flatMap(([place, bytes]) =>
        [...new Set(needles.filter(({ needle }) => bytes.includes(needle)).map(({ form }) => form))]
          .map((form) => `${what} stands ${form} in ${basename(place)}`),
      )
  })
}

/** All files below a folder. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

interface Encoding {
  readonly form: string
  readonly needle: Buffer
}

function encodings(value: string | Uint8Array): readonly Encoding[] {
  const bytes = Buffer.from(value)
  if (bytes.byteLength < SHORTEST) throw new RangeError('a planted value is too short to look for')
  const hex = bytes.toString('hex')
  const found: Encoding[] = [
    { form: 'as it is', needle: bytes },
    { form: 'in hexadecimal', needle: Buffer.from(hex) },
    { form: 'in hexadecimal', needle: Buffer.from(hex.toUpperCase()) },
  ]
  // In the middle of something encoded, only the groups of three octets that lie wholly within the
  // value encode independently of their surroundings; there are three ways to cut them.
  for (const offset of [0, 1, 2]) {
    const length = bytes.byteLength - offset - ((bytes.byteLength - offset) % 3)
    const groups = bytes.subarray(offset, offset + length)
    const base64 = groups.toString('base64')
    const base64url = groups.toString('base64url')
    found.push({ form: 'in base64', needle: Buffer.from(base64) })
    if (base64url !== base64) found.push({ form: 'in base64url', needle: Buffer.from(base64url) })
  }
  return found
}

/** Files such as a write-ahead log come and go while the server runs. */
function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}
