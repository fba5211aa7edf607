import { createHash } from 'node:crypto'

/** Characters, of the JSON text or of the pairs in their canonical form. */
const LONGEST = 8192

/** The names and values that a ciphertext is bound to. */
export interface EncryptionContext {
  /** Sorted by name, by code point. */
  readonly pairs: readonly (readonly [name: string, value: string])[]
  /** The JSON text, as the client wrote it; absent when it sent pairs. */
  readonly text?: string
}

/**
 * A context from its JSON text: an object whose values are all strings. `undefined` for any other
 * text, and for one of more than 8,192 characters.
 */
export function parseEncryptionContext(text: string): EncryptionContext | undefined {
  if (text.length > LONGEST) return undefined
  const parsed = parseJson(text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined
  const members: readonly (readonly [string, unknown])[] = Object.entries(parsed)
  const pairs = members.filter(
    (member): member is [string, string] => typeof member[1] === 'string',
  )
  if (pairs.length !== members.length) return undefined
  const context = encryptionContextOf(pairs)
  return context === undefined ? undefined : { ...context, text }
}

/** A context from pairs, which some clients send one by one. `undefined` when it is too long. */
export function encryptionContextOf(
  pairs: Iterable<readonly [name: string, value: string]>,
): EncryptionContext | undefined {
  const sorted = [...new Map(pairs)].toSorted(([one], [other]) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  )
  const isSound = sorted.every(([name, value]) => name.isWellFormed() && value.isWellFormed())
  const context = { pairs: sorted }
  return isSound && canonicalContext(context).length <= LONGEST ? context : undefined
}

/**
 * `name=value` pairs joined by `&`, by which all of the vendor's clients agree. Nothing is escaped,
 * so that two contexts may share a form: `{"a":"1&b=2"}` and `{"a":"1","b":"2"}`.
 */
export function canonicalContext({ pairs }: EncryptionContext): string {
  return pairs.map(([name, value]) => `${name}=${value}`).join('&')
}

/**
 * The additional data of a ciphertext made at the shared gateway: the SHA-256 of the canonical
 * form, 32 octets. `undefined`, which is none, for a context without pairs.
 */
export function contextData(context: EncryptionContext): Uint8Array | undefined {
  if (context.pairs.length === 0) return undefined
  return createHash('sha256').update(canonicalContext(context)).digest()
}

/**
 * What a ciphertext under this context may be bound to, the shared gateway's own first: clients of
 * an instance gateway send the digest itself (Java, Go), its lower-case hex (Python), or the JSON
 * text as it was written (Python with older handlers). One `undefined` for a context without pairs.
 */
export function contextDataCandidates(
  context: EncryptionContext,
): readonly (Uint8Array | undefined)[] {
  const digest = contextData(context)
  if (digest === undefined) return [undefined]
  const hex = Buffer.from(digest.toHex())
  return context.text === undefined ? [digest, hex] : [digest, hex, Buffer.from(context.text)]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
