import { createHash } from 'node:crypto'

/** The digest of these octets, one part after the other: GB/T 32905, 32 octets. */
export function sm3(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sm3')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
