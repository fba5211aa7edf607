import { parseNetwork } from '../access/network.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { demandDescription } from '../demand-description.ts'
import { demandName } from './access-point-name.ts'
import { accessPointPolicyPrefix, type AccessPointPolicy } from './access-point-policy.ts'
import { demandRoomFor } from './demand-room-for.ts'
import { networkRuleKey, networkRulePrefix, type NetworkRule } from './network-rule.ts'

const MAXIMUM_NETWORKS = 100

export interface CreateNetworkRuleInput {
  readonly name: string
  /** 1 to 100. */
  readonly networks: readonly string[]
  readonly description?: string
}

/** Makes a network rule. */
export const createNetworkRule = operation<CreateNetworkRuleInput, NetworkRule>({
  name: 'NetworkRuleCreate',
  permission: 'accessPoints/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: auditedRule,

  async run({ unit, caller, now }, { name, networks, description }) {
    demandName(name)
    demandNetworks(networks)
    demandDescription(description)
    const key = networkRuleKey(caller.tenant, name)
    if ((await unit.get(key)) !== undefined) {
      throw new Fault('DirectoryObjectExists', { type: 'networkRule', id: name })
    }
    await demandRoomFor(unit, networkRulePrefix(caller.tenant))
    const rule: NetworkRule = {
      name,
      networks,
      ...(description === undefined ? {} : { description }),
      createdAt: now,
      updatedAt: now,
    }
    unit.put<NetworkRule>(key, { meta: rule })
    touchEpoch(unit)
    return rule
  },
})

export interface UpdateNetworkRuleInput {
  readonly name: string
  readonly networks?: readonly string[]
  readonly description?: string
}

/** Changes a network rule; what is not given stays. It holds on every worker at once. */
export const updateNetworkRule = operation<UpdateNetworkRuleInput, NetworkRule>({
  name: 'NetworkRuleUpdate',
  permission: 'accessPoints/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: auditedRule,

  async run({ unit, caller, now }, { name, networks, description }) {
    demandName(name)
    const key = networkRuleKey(caller.tenant, name)
    const rule = await unit.get<NetworkRule>(key)
    if (rule === undefined) throw ruleNotFound(name)
    if (networks !== undefined) demandNetworks(networks)
    demandDescription(description)
    const updated: NetworkRule = {
      ...rule.meta,
      ...(networks === undefined ? {} : { networks }),
      ...(description === undefined ? {} : { description }),
      updatedAt: now,
    }
    unit.put<NetworkRule>(key, { meta: updated })
    touchEpoch(unit)
    return updated
  },
})

/** A network rule by its name. */
export const getNetworkRule = operation<{ readonly name: string }, NetworkRule>({
  name: 'NetworkRuleGet',
  permission: 'accessPoints/read',
  writes: false,
  target: () => ({ scope: '/' }),
  auditId: auditedRule,

  async run({ unit, caller }, { name }) {
    demandName(name)
    const rule = await unit.get<NetworkRule>(networkRuleKey(caller.tenant, name))
    if (rule === undefined) throw ruleNotFound(name)
    return rule.meta
  },
})

/** All network rules of the tenant, by their names. */
export const listNetworkRules = operation<Readonly<Record<string, never>>, readonly NetworkRule[]>({
  name: 'NetworkRuleList',
  permission: 'accessPoints/read',
  writes: false,
  target: () => ({ scope: '/' }),

  async run({ unit, caller }) {
    const found = await unit.listAll<NetworkRule>(networkRulePrefix(caller.tenant))
    return found.map(({ content }) => content.meta)
  },
})

/** Removes a network rule that no policy names. */
export const deleteNetworkRule = operation<{ readonly name: string }, NetworkRule>({
  name: 'NetworkRuleDelete',
  permission: 'accessPoints/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: auditedRule,

  async run({ unit, caller }, { name }) {
    demandName(name)
    const key = networkRuleKey(caller.tenant, name)
    const rule = await unit.get<NetworkRule>(key)
    if (rule === undefined) throw ruleNotFound(name)
    const policies = await unit.listAll<AccessPointPolicy>(accessPointPolicyPrefix(caller.tenant))
    const user = policies
      .map(({ content }) => content.meta)
      .find(({ networkRules }) => networkRules.includes(rule.meta.name))
    if (user !== undefined) {
      const detail = { type: 'networkRule', id: rule.meta.name, usedBy: user.name } as const
      throw new Fault('DirectoryObjectInUse', detail)
    }
    unit.delete(key)
    touchEpoch(unit)
    return rule.meta
  },
})

function auditedRule({ name }: { readonly name: string }): string {
  return `networkRules/${name.slice(0, 64)}`
}

function demandNetworks(networks: readonly string[]): void {
  if (networks.length === 0 || networks.length > MAXIMUM_NETWORKS) {
    throw invalidInput('networks', `it must hold 1 to ${MAXIMUM_NETWORKS} networks`)
  }
  if (networks.every((one) => parseNetwork(one) !== undefined)) return
  const reason = 'each must be an IPv4 or IPv6 address, or a network such as 192.0.2.0/24'
  throw invalidInput('networks', reason)
}

function ruleNotFound(id: string): Fault<'DirectoryObjectNotFound'> {
  return new Fault('DirectoryObjectNotFound', { type: 'networkRule', id })
}
