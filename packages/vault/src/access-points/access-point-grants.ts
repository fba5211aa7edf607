import { ROLE_IDS } from '../access/built-in-roles.ts'
import { parseNetwork, type Network } from '../access/network.ts'
import type { ScopedGrant } from '../access/role.ts'
import { isKeyId, keyIndexKey, type KeyIndex } from '../keys/key-id.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import {
  accessPointPolicyKey,
  type AccessPointPermission,
  type AccessPointPolicy,
} from './access-point-policy.ts'
import { accessPointKey, type AccessPoint } from './access-point.ts'
import { networkRuleKey, type NetworkRule } from './network-rule.ts'

/** What an access point may do. */
export interface AccessPointGrants {
  readonly grants: readonly ScopedGrant[]
  /**
   * Where the key ids would be that a policy names and no key has: making a key changes nothing else
   * that a cache of access would notice, so whoever keeps the grants looks whether these are there.
   */
  readonly missing: readonly RecordKey[]
}

const GRANTED = {
  keyUser: { prefix: 'key/', collection: 'keys', roleDefinition: ROLE_IDS.accessPointKeyUser },
  secretUser: {
    prefix: 'secret/',
    collection: 'secrets',
    roleDefinition: ROLE_IDS.accessPointSecretUser,
  },
} as const satisfies Record<AccessPointPermission, object>

/**
 * The policies of an access point as what the one decision knows: roles at scopes, from networks.
 * What a policy names and is not there any more grants nothing.
 */
export async function accessPointGrants(
  unit: UnitOfWork,
  tenant: string,
  name: string,
  vaultByName: (name: string) => Promise<VaultRecord | undefined>,
): Promise<AccessPointGrants> {
  const point = await unit.get<AccessPoint>(accessPointKey(tenant, name))
  const keys = (point?.meta.policies ?? []).map((policy) => accessPointPolicyKey(tenant, policy))
  const grants: ScopedGrant[] = []
  const missing: RecordKey[] = []
  for (const found of await unit.getMany<AccessPointPolicy>(keys)) {
    const vault = found && (await vaultByName(found.meta.vault))
    if (vault === undefined || vault.id !== found?.meta.vaultId) continue
    const networks = await networksOf(unit, tenant, found.meta)
    const named = await keysNamedById(unit, vault, found.meta)
    missing.push(...named.missing)
    const id = `accessPoints/${name}/policies/${found.meta.name}`
    const condition = networks === undefined ? {} : { networks }
    for (const where of placesOf(vault, found.meta, named.names)) {
      grants.push({ id, ...where, ...condition })
    }
  }
  return { grants, missing }
}

type Place = Pick<ScopedGrant, 'roleDefinition' | 'scope' | 'exact'>

/** @param keyNames of the keys that the policy names by their ids. */
function placesOf(
  { resourceId }: VaultRecord,
  { permissions, resources }: AccessPointPolicy,
  keyNames: readonly string[],
): readonly Place[] {
  return permissions.flatMap((permission) => {
    const { prefix, collection, roleDefinition } = GRANTED[permission]
    const names = resources
      .filter((one) => one.startsWith(prefix))
      .map((one) => one.slice(prefix.length))
    const all = [...names, ...(permission === 'keyUser' ? keyNames : [])]
    const places = all.map((name): Place =>
      name === '*'
        ? { roleDefinition, scope: `${resourceId}/${collection}` }
        : { roleDefinition, scope: `${resourceId}/${collection}/${name}`, exact: true },
    )
    // Random octets are no key's, and whoever may use any key may have them.
    const random: Place = { roleDefinition, scope: `${resourceId}/rng`, exact: true }
    return permission === 'keyUser' && places.length > 0 ? [...places, random] : places
  })
}

/** A rule that is gone leaves its policy those of the others, and when all are gone no network. */
async function networksOf(
  unit: UnitOfWork,
  tenant: string,
  { networkRules }: AccessPointPolicy,
): Promise<readonly Network[] | undefined> {
  if (networkRules.length === 0) return undefined
  const keys = networkRules.map((rule) => networkRuleKey(tenant, rule))
  const rules = await unit.getMany<NetworkRule>(keys)
  return rules
    .flatMap((rule) => rule?.meta.networks ?? [])
    .flatMap((text) => parseNetwork(text) ?? [])
}

/**
 * The names in the vault of the keys that a policy names by their ids. What looks like an id may be
 * the name of a key as well; in a policy of this vault it means either.
 */
async function keysNamedById(
  unit: UnitOfWork,
  vault: VaultRecord,
  { permissions, resources }: AccessPointPolicy,
): Promise<{ readonly names: readonly string[]; readonly missing: readonly RecordKey[] }> {
  if (!permissions.includes('keyUser')) return { names: [], missing: [] }
  const ids = resources
    .filter((one) => one.startsWith('key/'))
    .map((one) => one.slice('key/'.length))
    .filter(isKeyId)
  const keys = ids.map((id) => keyIndexKey(vault.tenant, id))
  const found = await unit.getMany<KeyIndex>(keys)
  const known = found.filter((one) => one !== undefined)
  return {
    names: known.filter(({ meta }) => meta.vaultId === vault.id).map(({ meta }) => meta.name),
    missing: keys.filter((_key, at) => found[at] === undefined),
  }
}
