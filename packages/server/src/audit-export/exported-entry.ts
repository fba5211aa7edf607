import type { ChainedEntry } from '@claviger/vault'

/**
 * One line of an export: JSON with these members, the entry's text byte for byte as it was hashed.
 */
export interface ExportedEntry {
  readonly sequence: number
  /** base64url. */
  readonly hash: string
  readonly entry: string
}

const HASH = /^[0-9A-Za-z_-]{43}$/

/** An entry as exports have it. */
export function exportedEntry({ sequence, hash, entry }: ChainedEntry): ExportedEntry {
  return { sequence, hash: Buffer.from(hash).toString('base64url'), entry }
}

/** Reads an exported entry back; `undefined` when it is none. */
export function chainedEntry(value: unknown): ChainedEntry | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!('sequence' in value && 'hash' in value && 'entry' in value)) return undefined
  const { sequence, hash, entry } = value
  if (typeof sequence !== 'number' || !Number.isSafeInteger(
    sequence,
  ) || sequence < 1) return undefined
  if (typeof hash !== 'string' || !HASH.test(hash) || typeof entry !== 'string') return undefined
  return { sequence, hash: Buffer.from(hash, 'base64url'), entry }
}
