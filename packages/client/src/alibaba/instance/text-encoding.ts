import { BadRequestError } from '../../core/index.ts'
import { utf8 } from '../digest.ts'

type Octets = Uint8Array<ArrayBuffer>

/** Between a text and the octets that are encrypted. */
export interface TextEncoding {
  /** @throws BadRequestError for a character that it does not have. */
  readonly encode: (text: string) => Octets
  /** @throws BadRequestError for octets that are no text of it. */
  readonly decode: (octets: Uint8Array) => string
}

/**
 * An encoding by its name, as `TextDecoder` knows them: UTF-8, and those of one and two octets a
 * character, such as `gbk`. @throws TypeError for another one.
 */
export function textEncoding(name: string = 'utf-8'): TextEncoding {
  const decoder = decoderOf(name)
  const { encoding } = decoder
  const decode = (octets: Uint8Array): string => {
    try {
      return decoder.decode(octets)
    } catch {
      throw badText(`What was decrypted is no text in ${encoding}.`)
    }
  }
  if (encoding === 'utf-8') return { encode: utf8, decode }
  return { encode: (text) => encode(text, encoding), decode }
}

function decoderOf(name: string): TextDecoder {
  try {
    return new TextDecoder(name, { fatal: true, ignoreBOM: true })
  } catch {
    throw new TypeError('The encoding is not one that this runtime knows.')
  }
}

function encode(text: string, encoding: string): Octets {
  const known = octetsOf(encoding)
  return Uint8Array.from(
    Array.from(text).flatMap((character) => {
      const octets = known.get(character)
      if (octets !== undefined) return octets
      throw badText(`The plaintext has a character that ${encoding} lacks.`)
    }),
  )
}

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>()

/**
 * The characters of an encoding and their octets. The platform decodes all encodings and encodes
 * one, so this turns the decoder round; of two forms of a character the first counts.
 */
function octetsOf(encoding: string): ReadonlyMap<string, readonly number[]> {
  const made = tables.get(encoding) ?? turnedRound(new TextDecoder(encoding, { fatal: true }))
  tables.set(encoding, made)
  return made
}

function turnedRound(decoder: TextDecoder): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, readonly number[]>()
  const all = Array.from({ length: 256 }, (_, octet) => octet)
  const add = (octets: readonly number[]): boolean => {
    const character = characterOf(decoder, octets)
    if (character === undefined) return false
    if (!table.has(character)) table.set(character, octets)
    return true
  }
  const leads = all.filter((octet) => !add([octet]))
  for (const lead of leads) for (const trail of all) add([lead, trail])
  return table
}

function characterOf(decoder: TextDecoder, octets: readonly number[]): string | undefined {
  try {
    const text = decoder.decode(Uint8Array.from(octets))
    return Array.from(text).length === 1 ? text : undefined
  } catch {
    return undefined
  }
}

function badText(message: string): BadRequestError {
  return new BadRequestError({ code: 'InvalidParameter', message })
}
