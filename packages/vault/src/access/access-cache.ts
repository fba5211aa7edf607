import { LRUCache } from 'lru-cache'
import {
  EPOCH_KEY,
  tenantEpochKey,
  tenantKey,
  tenantPrefix,
  type Tenant,
} from '../directory/tenant.ts'
import { MAXIMUM_GROUPS } from '../directory/group-limit.ts'
import {
  applicationKey,
  memberOfPrefix,
  principalKey,
  type ApplicationIndex,
  type Membership,
  type Principal,
} from '../directory/principal.ts'
import { accessPointGrants, type AccessPointGrants } from '../access-points/access-point-grants.ts'
import type { Seal } from '../seal/seal.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { Store } from '../store/store.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import {
  vaultKey,
  vaultNameKey,
  vaultPrefix,
  type VaultNameIndex,
  type VaultRecord,
} from '../vaults/vault-record.ts'
import type { ObjectPolicy } from './object-policy.ts'
import {
  objectPolicyKey,
  objectPolicyOf,
  objectPolicyPrefix,
  type ObjectPolicyRecord,
} from './object-policy-record.ts'
import { AssignmentCondition } from './assignment-condition.ts'
import { BUILT_IN_ROLES } from './built-in-roles.ts'
import { Grants } from './grants.ts'
import type { RoleAssignment, RoleDefinition, ScopedGrant } from './role.ts'
import { customRoleKey, roleAssignmentPrefix } from './role-record.ts'

/** What a principal may do, as far as it does not depend on a vault. */
export interface PrincipalAccess {
  /** `undefined` for principals that only a foreign issuer knows. */
  readonly principal: Principal | undefined
  readonly groups: readonly string[]
  /** There are more, which are not looked at. */
  readonly hasMoreGroups: boolean
  readonly assignments: Grants
  /** The roles that the assignments name, by id. */
  readonly roles: ReadonlyMap<string, RoleDefinition>
}

/** Everything cached was true at this version of the epoch record. */
export interface AccessView {
  readonly epoch: number | 'absent'
  /**
   * The version of the epoch of one tenant, with which all that is cached agrees; `undefined` when
   * the view is old and a new one has to be taken.
   */
  tenantEpoch(tenant: string): Promise<number | 'absent' | undefined>
  vaultByName(name: string): Promise<VaultRecord | undefined>
  /** The names of the vaults of a tenant that are not deleted, in their order. */
  vaultNames(tenant: string): Promise<readonly string[]>
  tenant(id: string): Promise<Tenant | undefined>
  defaultTenant(): Promise<Tenant | undefined>
  /** The tenant whose subscription it is. */
  tenantOfSubscription(subscription: string): Promise<Tenant | undefined>
  /**
   * The policy of a key or secret, where it has one.
   * @param object as the target of an operation names it, such as `keys/name`.
   */
  objectPolicy(vault: VaultRecord, object: string | undefined): Promise<ObjectPolicy | undefined>
  principalAccess(
    tenant: string,
    principal: string,
    claimedGroups: readonly string[],
  ): Promise<PrincipalAccess>
  principalOfApplication(tenant: string, appId: string): Promise<Principal | undefined>
  role(tenant: string, id: string): Promise<RoleDefinition | undefined>
}

/**
 * Directory, vaults and assignments as decisions need them, cached for as long as the epoch record
 * keeps its version. Reading that version is one point read a call; in exchange a revocation holds
 * on every process from its acknowledgement on, with no broadcast to lose.
 */
export class AccessCache {
  readonly #store: Store
  readonly #seal: Seal
  readonly #maximumEntries: number
  #view: CachedView | undefined

  constructor(store: Store, seal: Seal, maximumEntries = 50_000) {
    this.#store = store
    this.#seal = seal
    this.#maximumEntries = maximumEntries
  }

  /** The view of this instant. */
  async current(): Promise<AccessView> {
    const epoch = await this.#epoch()
    if (this.#view?.epoch !== epoch) {
      this.#view = new CachedView(this.#store, this.#seal, epoch, this.#maximumEntries)
    }
    return this.#view
  }

  /** A view of this instant, or the one that is given while it is that, with a tenant's epoch. */
  async ofTenant(tenant: string, seen?: AccessView): Promise<TenantView> {
    for (let view = seen ?? (await this.current()); ; view = await this.current()) {
      const tenantEpoch = await view.tenantEpoch(tenant)
      if (tenantEpoch !== undefined) return { view, tenantEpoch }
    }
  }

  /** Tells whether nothing has changed in a tenant since its epoch was looked at. */
  async isCurrent(tenant: string, tenantEpoch: number | 'absent'): Promise<boolean> {
    const [record] = await this.#store.read([tenantEpochKey(tenant)])
    return (record?.version ?? 'absent') === tenantEpoch
  }

  async #epoch(): Promise<number | 'absent'> {
    const [record] = await this.#store.read([EPOCH_KEY])
    return record?.version ?? 'absent'
  }
}

/** A view, and the epoch of the tenant that a call is of. */
export interface TenantView {
  readonly view: AccessView
  readonly tenantEpoch: number | 'absent'
}

interface LoadedAccess extends PrincipalAccess {
  /** See `AccessPointGrants`. */
  readonly missing: readonly RecordKey[]
}

/** Entries are promises, so that calls which miss together load once; failures are forgotten. */
class CachedView implements AccessView {
  readonly epoch: number | 'absent'
  readonly #store: Store
  readonly #seal: Seal
  readonly #entries: LRUCache<string, Promise<unknown>>
  readonly #tenantEpochs = new Map<string, number | 'absent'>()

  constructor(store: Store, seal: Seal, epoch: number | 'absent', maximumEntries: number) {
    this.#store = store
    this.#seal = seal
    this.epoch = epoch
    // With `max` all its room is made at once, some milliseconds after each change in each process.
    this.#entries = new LRUCache({ maxSize: maximumEntries, sizeCalculation: () => 1 })
  }

  /** Both epochs are read as of one instant: had the tenant changed since, the view would be old. */
  async tenantEpoch(tenant: string): Promise<number | 'absent' | undefined> {
    const known = this.#tenantEpochs.get(tenant)
    if (known !== undefined) return known
    const [own, all] = await this.#store.read([tenantEpochKey(tenant), EPOCH_KEY])
    if ((all?.version ?? 'absent') !== this.epoch) return undefined
    const version = own?.version ?? 'absent'
    this.#tenantEpochs.set(tenant, version)
    return version
  }

  vaultByName(name: string): Promise<VaultRecord | undefined> {
    return this.#cached(`vault ${name.toLowerCase()}`, async () => {
      const index = await this.#get<VaultNameIndex>(vaultNameKey(name))
      return index === undefined ? undefined : this.#get<VaultRecord>(vaultKey(index.tenant, name))
    })
  }

  vaultNames(tenant: string): Promise<readonly string[]> {
    return this.#cached(`vaults of ${tenant}`, async () => {
      const vaults = await new UnitOfWork(this.#store, this.#seal).listAll<VaultRecord>(
        vaultPrefix(tenant),
      )
      return vaults
        .map((listed) => listed.content.meta)
        .filter(({ deleted }) => deleted === undefined)
        .map(({ name }) => name)
    })
  }

  tenant(id: string): Promise<Tenant | undefined> {
    return this.#cached(`tenant ${id.toLowerCase()}`, () => this.#get<Tenant>(tenantKey(id)))
  }

  async defaultTenant(): Promise<Tenant | undefined> {
    return (await this.#tenants()).find((tenant) => tenant.isDefault)
  }

  async tenantOfSubscription(subscription: string): Promise<Tenant | undefined> {
    const wanted = subscription.toLowerCase()
    return (await this.#tenants()).find((tenant) => tenant.subscription === wanted)
  }

  #tenants(): Promise<readonly Tenant[]> {
    return this.#cached('tenants', async () => {
      const tenants = await new UnitOfWork(this.#store, this.#seal).listAll<Tenant>(tenantPrefix())
      return tenants.map((listed) => listed.content.meta)
    })
  }

  async objectPolicy(
    vault: VaultRecord,
    object: string | undefined,
  ): Promise<ObjectPolicy | undefined> {
    const key = objectPolicyKey(vault, object)
    // Most vaults have none: one look spares a record for each object.
    if (key === undefined || !(await this.#hasObjectPolicies(vault))) return undefined
    return await this.#cached(`policy ${key}`, async () => {
      const found = await this.#get<ObjectPolicyRecord>(key)
      return found && objectPolicyOf(found)
    })
  }

  #hasObjectPolicies(vault: VaultRecord): Promise<boolean> {
    return this.#cached(`policies ${vault.id}`, async () => {
      const unit = new UnitOfWork(this.#store, this.#seal)
      return (await unit.keys(objectPolicyPrefix(vault), { limit: 1 })).length > 0
    })
  }

  async principalAccess(
    tenant: string,
    principal: string,
    claimedGroups: readonly string[],
  ): Promise<PrincipalAccess> {
    const name = `principal ${tenant} ${principal.toLowerCase()} ${claimedGroups.join(',')}`
    const load = async (): Promise<LoadedAccess> => {
      const known = await this.#get<Principal>(principalKey(tenant, principal))
      const membership = await this.#groupsOf(tenant, principal, claimedGroups)
      const { groups } = membership
      const assignments: ScopedGrant[] = []
      const unit = new UnitOfWork(this.#store, this.#seal)
      for (const holder of [principal, ...groups]) {
        const listed = await unit.listAll<RoleAssignment>(roleAssignmentPrefix(tenant, holder))
        for (const { content } of listed) {
          const grant = grantOf(content.meta)
          if (grant === undefined) continue
          assignments.push(holder === principal ? grant : { ...grant, through: holder })
        }
      }
      const own = known?.kind === 'accessPoint' ? await this.#grantsOf(tenant, known) : undefined
      assignments.push(...(own?.grants ?? []))
      const roles = new Map<string, RoleDefinition>()
      for (const { roleDefinition } of assignments) {
        const role = await this.role(tenant, roleDefinition)
        if (role !== undefined) roles.set(roleDefinition, role)
      }
      const missing = own?.missing ?? []
      const granted = { assignments: new Grants(assignments), roles, missing }
      return { principal: known, ...membership, ...granted }
    }
    const access = await this.#cached(name, load)
    if (await this.#areAbsent(access.missing)) return access
    this.#entries.delete(name)
    return await this.#cached(name, load)
  }

  principalOfApplication(tenant: string, appId: string): Promise<Principal | undefined> {
    return this.#cached(`application ${tenant} ${appId.toLowerCase()}`, async () => {
      const index = await this.#get<ApplicationIndex>(applicationKey(tenant, appId))
      if (index === undefined) return undefined
      return this.#get<Principal>(principalKey(tenant, index.principal))
    })
  }

  role(tenant: string, id: string): Promise<RoleDefinition | undefined> {
    const builtIn = BUILT_IN_ROLES.get(id.toLowerCase())
    if (builtIn !== undefined) return Promise.resolve(builtIn)
    return this.#cached(`role ${tenant} ${id.toLowerCase()}`, () =>
      this.#get<RoleDefinition>(customRoleKey(tenant, id)),
    )
  }

  /** All groups, nested ones included, up to so many; cycles end by themselves. */
  async #groupsOf(
    tenant: string,
    principal: string,
    claimed: readonly string[],
  ): Promise<Pick<PrincipalAccess, 'groups' | 'hasMoreGroups'>> {
    const found = new Set<string>(claimed)
    const waiting = [principal, ...claimed]
    const unit = new UnitOfWork(this.#store, this.#seal)
    for (let member = waiting.pop(); member !== undefined; member = waiting.pop()) {
      for (const { content } of await unit.listAll<Membership>(memberOfPrefix(tenant, member))) {
        if (found.has(content.meta.group)) continue
        if (found.size >= MAXIMUM_GROUPS) return { groups: [...found], hasMoreGroups: true }
        found.add(content.meta.group)
        waiting.push(content.meta.group)
      }
    }
    return { groups: [...found], hasMoreGroups: false }
  }

  #grantsOf(tenant: string, { displayName }: Principal): Promise<AccessPointGrants> {
    const unit = new UnitOfWork(this.#store, this.#seal)
    return accessPointGrants(unit, tenant, displayName, (name) => this.vaultByName(name))
  }

  async #get<Meta>(key: RecordKey): Promise<Meta | undefined> {
    return (await new UnitOfWork(this.#store, this.#seal).get<Meta>(key))?.meta
  }

  async #areAbsent(keys: readonly RecordKey[]): Promise<boolean> {
    return keys.length === 0 || (await this.#store.read(keys)).every((one) => one === undefined)
  }

  /** The name of an entry says its type, so the cast restores what `load` has given. */
  #cached<Value>(name: string, load: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.get(name)
    if (known !== undefined) return known as Promise<Value>
    const loading = load()
    this.#entries.set(name, loading)
    loading.catch(() => this.#entries.delete(name))
    return loading
  }
}

/** What an assignment grants; nothing when its condition cannot be enforced. */
function grantOf(assignment: RoleAssignment): ScopedGrant | undefined {
  const { id, roleDefinition, scope, condition } = assignment
  if (condition === undefined) return { id, roleDefinition, scope }
  const parsed = AssignmentCondition.parse(condition)
  return parsed && { id, roleDefinition, scope, condition: parsed }
}
