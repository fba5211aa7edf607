import { randomBytes } from 'node:crypto'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { Secret } from '../seal/secret.ts'

/** Key Vault's limit for one request. */
const STANDARD_LIMIT = 128

export interface RandomBytesInput {
  readonly vault: string
  /** 1 to the limit. */
  readonly count: number
  /** What the wire allows in one request; 128 unless said. */
  readonly limit?: number
}

/**
 * Gives octets from the CSPRNG. They tell nothing of any key, so whoever may read keys may have
 * them; the service knows the operation in Managed HSMs alone, with a permission of its own.
 */
export const getRandomBytes = operation<RandomBytesInput, Secret>({
  name: 'RandomBytesGet',
  permission: 'keys/get',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'rng' }),

  async run(_context, { count, limit = STANDARD_LIMIT }) {
    if (!Number.isInteger(count) || count < 1 || count > limit) {
      throw invalidInput('count', `it must be a whole number from 1 to ${limit}`)
    }
    return new Secret(randomBytes(count))
  },
})
