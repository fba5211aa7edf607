import type { Secret } from './secret.ts'

/** How a store is sealed. */
export type SealType = 'file' | 'passphrase'

/**
 * What the operator opens the store with: the 32 octets of a root key file, or a passphrase in
 * UTF-8. Whoever made it wipes it after use.
 */
export interface SealMaterial {
  readonly kind: SealType
  readonly secret: Secret
}
