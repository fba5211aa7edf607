import type { OperationContext } from '../operation.ts'
import type { KeyRef } from './key.ts'
import { readKey } from './read-key.ts'

/**
 * Who may read a key has its public half and can do without the server what needs no more, so with
 * roles `keys/read` allows it here too (the service's guide to its data actions).
 */
export const publicKeySuffices = {
  permission: 'keys/get',

  async allows(
    { unit, vault }: Pick<OperationContext, 'unit' | 'vault'>,
    { key }: { readonly key: KeyRef },
  ): Promise<boolean> {
    return (await readKey(unit, vault(), key)).version.publicKey !== undefined
  },
} as const
