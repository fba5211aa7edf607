import { parseNetwork } from '../access/network.ts'
import { invalidInput } from '../invalid-input.ts'
import { demandResourceTags } from '../resource-groups/resource-rules.ts'
import type { NetworkAcls, VaultSettings } from './vault-record.ts'

const MAXIMUM_IP_RULES = 1000
const MAXIMUM_SUBNETS = 200
const MAXIMUM_ID_CHARACTERS = 1024

/** The members of a record that are settings. */
export const SETTING_NAMES = [
  'tags',
  'sku',
  'enabledForDeployment',
  'enabledForDiskEncryption',
  'enabledForTemplateDeployment',
  'networkAcls',
  'publicNetworkAccess',
] as const satisfies readonly (keyof VaultSettings)[]

/**
 * Checks what can be set of a vault and gives these settings alone, as they are kept.
 * @throws Fault InvalidInput
 */
export function validSettings(given: VaultSettings): VaultSettings {
  const { tags, sku, networkAcls, publicNetworkAccess } = given
  if (tags !== undefined) demandResourceTags(tags)
  demandOneOf('sku.name', sku, ['standard', 'premium'])
  demandOneOf('publicNetworkAccess', publicNetworkAccess, ['Enabled', 'Disabled'])
  const { enabledForDeployment, enabledForDiskEncryption, enabledForTemplateDeployment } = given
  return {
    ...(tags === undefined ? {} : { tags }),
    ...(sku === undefined ? {} : { sku }),
    ...(enabledForDeployment === undefined ? {} : { enabledForDeployment }),
    ...(enabledForDiskEncryption === undefined ? {} : { enabledForDiskEncryption }),
    ...(enabledForTemplateDeployment === undefined ? {} : { enabledForTemplateDeployment }),
    ...(networkAcls === undefined ? {} : { networkAcls: validAcls(networkAcls) }),
    ...(publicNetworkAccess === undefined ? {} : { publicNetworkAccess }),
  }
}

function validAcls({ bypass, defaultAction, ipRules, virtualNetworkRules }: NetworkAcls): NetworkAcls {
  demandOneOf('networkAcls.bypass', bypass, ['AzureServices', 'None'])
  demandOneOf('networkAcls.defaultAction', defaultAction, ['Allow', 'Deny'])
  demandFew('networkAcls.ipRules', ipRules, MAXIMUM_IP_RULES)
  for (const rule of ipRules) {
    if (parseNetwork(rule) !== undefined) continue
    throw invalidInput('networkAcls.ipRules', 'each is an address or a network in CIDR, of IPv4 or IPv6')
  }
  demandFew('networkAcls.virtualNetworkRules', virtualNetworkRules, MAXIMUM_SUBNETS)
  if (virtualNetworkRules.some(({ id }) => !id.startsWith('/') || id.length > MAXIMUM_ID_CHARACTERS)) {
    throw invalidInput('networkAcls.virtualNetworkRules', 'each names the resource id of a subnet')
  }
  return { bypass, defaultAction, ipRules: ipRules.map(asNetwork), virtualNetworkRules }
}

/** Single addresses of IPv4 are shown as networks, as the service does. */
function asNetwork(rule: string): string {
  return rule.includes('/') || rule.includes(':') ? rule : `${rule}/32`
}

function demandFew(property: string, rules: readonly unknown[], maximum: number): void {
  if (rules.length > maximum) throw invalidInput(property, `there may be at most ${maximum} of them`)
}

function demandOneOf(property: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return
  throw invalidInput(property, `it may be ${known.join(' or ')}`)
}
