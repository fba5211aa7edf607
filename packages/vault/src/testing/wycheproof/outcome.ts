/** Why a vector is not for the vault; each must be one of these, so that none is dropped in silence. */
export const REASONS = {
  algorithm: 'the vault has no such algorithm',
  hash: 'the vault has no signature algorithm with this hash',
  keySize: 'the vault has no keys of this size',
  exponent: 'the vault takes no key with so small an exponent',
  salt: 'the vault’s salt is as long as the digest',
  maskHash: 'the vault’s mask generation takes the hash of the algorithm',
  label: 'the vault’s OAEP has no label',
  ivSize: 'the vault takes an IV of 96 bits alone; it refuses this one',
  tagSize: 'the vault does not cut authentication codes short; it calls this one wrong',
  macKey: 'the vault’s HMAC wants a key as long as the hash, of at most 64 octets; it refuses this one',
  encoding: 'the case is about the DER around r and s, which the vault does not take',
  contradiction: 'the file calls the very same message valid in another case',
  jose: 'the case is about what a JOSE library does before it uses a key',
} as const

export type Reason = keyof typeof REASONS

/** A vector that has passed is counted as `passed`, one that is not for the vault by its reason. */
export type Outcome = 'passed' | Reason

