import type { Vault } from '@claviger/vault'

/**
 * A vault that says when it has written an order for an authority elsewhere, so that it is placed
 * soon and not with the next round of the scheduler.
 */
export function wakingVault(vault: Vault, wake: () => void): Vault {
  const { certificates } = vault
  return {
    ...vault,
    certificates: {
      ...certificates,
      async create(call, input) {
        const pending = await certificates.create(call, input)
        if (pending.status === 'inProgress' && pending.order !== undefined) wake()
        return pending
      },
    },
  }
}
