import { deletedKeyPrefix, keyPrefix } from '../keys/key.ts'
import { operation } from '../operation.ts'
import { deletedSecretPrefix, secretPrefix } from '../secrets/secret.ts'
import type { VaultRecord } from './vault-record.ts'

/** A vault and how much is in it. */
export interface DescribedVault {
  readonly vault: VaultRecord
  /** Those that wait for their destruction and those of certificates among them. */
  readonly keys: number
  readonly secrets: number
}

/** One vault with the number of its objects, which takes as long as there are objects. */
export const describeVault = operation<{ readonly vault: string }, DescribedVault>({
  name: 'VaultGet',
  permission: 'vaults/read',
  writes: false,
  target: ({ vault }) => ({ vault }),

  async run({ unit, vault }) {
    const container = vault()
    const keys = [keyPrefix(container), deletedKeyPrefix(container)]
    const secrets = [secretPrefix(container), deletedSecretPrefix(container)]
    return { vault: container, keys: await sum(keys), secrets: await sum(secrets) }

    async function sum(prefixes: typeof keys): Promise<number> {
      let count = 0
      for (const prefix of prefixes) count += await unit.count(prefix)
      return count
    }
  },
})
