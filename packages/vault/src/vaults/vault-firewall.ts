import { inNetworks, parseNetwork, type Network } from '../access/network.ts'
import type { NetworkAcls, VaultRecord } from './vault-record.ts'

/** The rules of a vault about addresses. */
export type Firewall = Pick<VaultRecord, 'networkAcls' | 'publicNetworkAccess'>

/** Records of vaults are cached, and their rules with them. */
const networksOf = new WeakMap<NetworkAcls, readonly Network[]>()

/**
 * Tells whether a vault lets an address in: its rules hold for whoever uses what is in it, over any
 * wire, before anything that is granted. Every address is like any other, that of this machine too.
 * @returns why it does not: the address, or that no address is let in; `undefined` when it does.
 */
export function firewallRefusal(
  { networkAcls, publicNetworkAccess }: Firewall,
  clientAddress: string,
): 'firewall' | 'publicAccess' | undefined {
  if (publicNetworkAccess === 'Disabled') return 'publicAccess'
  if (networkAcls === undefined || networkAcls.defaultAction === 'Allow') return undefined
  let networks = networksOf.get(networkAcls)
  if (networks === undefined) {
    networks = networkAcls.ipRules.flatMap((rule) => parseNetwork(rule) ?? [])
    networksOf.set(networkAcls, networks)
  }
  return inNetworks(networks, clientAddress) ? undefined : 'firewall'
}
