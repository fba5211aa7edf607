import { BadRequestError } from '../../core/index.ts'
import type { EncryptionContext } from '../actions/shared-types.ts'
import { sha256Hex, utf8 } from '../digest.ts'

/**
 * What a context binds a ciphertext of an instance to, as the vendor's Python client does it: the
 * lower-case hex of the SHA-256 over `name=value` pairs, sorted and joined by `&`. The older
 * operations take the JSON text as it is. Nothing for no context, and for one without pairs.
 * @throws BadRequestError for a text that is not a JSON object of strings.
 */
export async function additionalData(
  context: EncryptionContext | undefined,
  isAsWritten: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  if (context === undefined || context === '') return new Uint8Array()
  const pairs = pairsOf(context)
  if (pairs.length === 0) return new Uint8Array()
  if (isAsWritten) return utf8(typeof context === 'string' ? context : JSON.stringify(context))
  const canonical = pairs.map(([name, value]) => `${name}=${value}`).join('&')
  return utf8(await sha256Hex(utf8(canonical)))
}

type Pair = readonly [name: string, value: string]

/** Sorted by code point, which UTF-16 does not sort by. */
function pairsOf(context: EncryptionContext): readonly Pair[] {
  const members: readonly (readonly [string, unknown])[] = Object.entries(objectOf(context))
  const pairs = members.filter((member): member is Pair => typeof member[1] === 'string')
  if (pairs.length !== members.length) throw invalid()
  return [...pairs].sort(([one], [other]) => compareCodePoints(one, other))
}

function objectOf(context: EncryptionContext): object {
  const parsed = typeof context === 'string' ? parseJson(context) : context
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed
  throw invalid()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function compareCodePoints(one: string, other: string): number {
  const [ones, others] = [Array.from(one), Array.from(other)]
  for (const [at, character] of ones.entries()) {
    const difference = (character.codePointAt(0) ?? 0) - (others[at]?.codePointAt(0) ?? -1)
    if (difference !== 0) return difference
  }
  return ones.length - others.length
}

function invalid(): BadRequestError {
  const message = 'The EncryptionContext must be a JSON object whose values are strings.'
  return new BadRequestError({ code: 'InvalidParameter', message })
}
