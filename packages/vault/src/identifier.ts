import { randomBytes } from 'node:crypto'

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Tells whether a text is a GUID in its usual form, in either case. */
export function isGuid(text: string): boolean {
  return GUID.test(text)
}

/** 32 lower-case hexadecimal characters, 128 random bits: an object version, a vault's id. */
export function randomHexId(): string {
  return randomBytes(16).toString('hex')
}
