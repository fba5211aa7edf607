import { isObjectName } from '@claviger/vault'
import { createHash } from 'node:crypto'

const LONGEST = 192
const NAME = /^[A-Za-z0-9_/+=.@-]+$/
const CHARACTERS = 25

/** 1 to 192 letters, digits and any of `_ / + = . @ -`. */
export function isSecretName(name: string): boolean {
  return name.length <= LONGEST && NAME.test(name)
}

/**
 * What a secret is called in its vault, whose names have fewer characters: a name that fits is
 * itself, of any other a hash.
 */
export function secretObjectName(secretName: string): string {
  if (isObjectName(secretName)) return secretName
  const hash = createHash('sha256').update(secretName).digest('hex')
  const digits = BigInt(`0x${hash}`).toString(36).padStart(CHARACTERS, '0')
  return `s-${digits.slice(-CHARACTERS)}`
}
