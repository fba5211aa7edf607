import { randomUUID } from 'node:crypto'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { changedAttributes, type Attributes } from './attributes.ts'
import {
  directoryNameKey,
  userPrincipalNameKey,
  type DirectoryCollection,
  type UniqueName,
} from './directory-index.ts'
import {
  applicationKey,
  principalKey,
  type ApplicationIndex,
  type Principal,
  type PrincipalKind,
} from './principal.ts'
import { demandObjectName, putNewApplication } from './put-application.ts'

const MAXIMUM_USER_NAME_CHARACTERS = 256

export interface NewPrincipal {
  readonly kind: PrincipalKind
  readonly displayName: string
  /** For users; unique in the tenant. */
  readonly userPrincipalName?: string
  readonly enabled?: boolean
  readonly attributes?: Attributes
}

/** In which lists a principal is; session roles and access points are in none of the directory's. */
const COLLECTIONS = {
  application: 'servicePrincipals',
  managedIdentity: 'servicePrincipals',
  user: 'users',
  group: 'groups',
  sessionRole: undefined,
  accessPoint: undefined,
} as const satisfies Record<PrincipalKind, DirectoryCollection | undefined>

/** The list that a principal is in, if any. */
export function collectionOf({
  kind,
}: Pick<Principal, 'kind'>): (typeof COLLECTIONS)[PrincipalKind] {
  return COLLECTIONS[kind]
}

/**
 * Adds a principal to a unit of work; for an application, the application as well. The caller touches
 * the epoch.
 * @throws Fault InvalidInput, DirectoryObjectExists
 */
export async function putNewPrincipal(
  unit: UnitOfWork,
  tenant: string,
  input: NewPrincipal,
  now: EpochSeconds,
): Promise<Principal> {
  if (input.kind === 'application') {
    const { displayName } = input
    const application = await putNewApplication(unit, tenant, { displayName }, now)
    return putServicePrincipal(
      unit,
      tenant,
      { ...input, ...application, id: application.principal },
      now,
    )
  }
  const ids = {
    id: randomUUID(),
    ...(input.kind === 'managedIdentity' ? { appId: randomUUID() } : {}),
  }
  if (input.userPrincipalName !== undefined) {
    await claimUserName(unit, tenant, input.kind, input.userPrincipalName, ids.id)
  }
  const principal = principalOf(input, ids, now)
  createWithName(unit, tenant, principal)
  if (principal.appId !== undefined) {
    const index = applicationKey(tenant, principal.appId)
    unit.create<ApplicationIndex>(index, { meta: { principal: principal.id } })
  }
  return principal
}

/** Adds the principal of an application that is there, or made in the same unit. */
export function putServicePrincipal(
  unit: UnitOfWork,
  tenant: string,
  input: Pick<NewPrincipal, 'displayName' | 'enabled' | 'attributes'> & {
    readonly id: string
    readonly appId: string
  },
  now: EpochSeconds,
): Principal {
  const { id, appId, displayName, enabled = true, attributes } = input
  const named = { kind: 'application', displayName, enabled } as const
  const principal = principalOf(
    { ...named, ...changedAttributes(undefined, attributes) },
    { id, appId },
    now,
  )
  createWithName(unit, tenant, principal)
  return principal
}

function principalOf(
  { kind, displayName, userPrincipalName, enabled = true, attributes }: NewPrincipal,
  ids: Pick<Principal, 'id' | 'appId'>,
  now: EpochSeconds,
): Principal {
  demandObjectName(displayName)
  return {
    ...ids,
    kind,
    displayName,
    enabled,
    createdAt: now,
    ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
    ...changedAttributes(undefined, attributes),
  }
}

function createWithName(unit: UnitOfWork, tenant: string, principal: Principal): void {
  unit.create<Principal>(principalKey(tenant, principal.id), { meta: principal })
  const collection = collectionOf(principal)
  if (collection !== undefined)
    unit.create(directoryNameKey(tenant, collection, principal), { meta: {} })
}

/**
 * Writes a principal that was read, with what it is found by.
 * @throws Fault InvalidInput, DirectoryObjectExists when its user name is another's.
 */
export async function putChangedPrincipal(
  unit: UnitOfWork,
  tenant: string,
  before: Principal,
  after: Principal,
): Promise<void> {
  demandObjectName(after.displayName)
  const collection = collectionOf(before)
  if (collection !== undefined && after.displayName !== before.displayName) {
    await replaceName(unit, tenant, collection, before, after)
  }
  if (
    after.userPrincipalName !== before.userPrincipalName &&
    after.userPrincipalName !== undefined
  ) {
    await claimUserName(unit, tenant, after.kind, after.userPrincipalName, after.id)
    await releaseUserName(unit, tenant, before, after.userPrincipalName)
  }
  unit.put<Principal>(principalKey(tenant, after.id), { meta: after })
}

/** Moves an object to another place in the order of names. */
export async function replaceName(
  unit: UnitOfWork,
  tenant: string,
  collection: DirectoryCollection,
  before: { readonly displayName: string; readonly id: string },
  after: { readonly displayName: string; readonly id: string },
): Promise<void> {
  const [from, to] = [before, after].map((one) => directoryNameKey(tenant, collection, one))
  if (from === undefined || to === undefined || from === to) return
  await unit.getMany([from, to])
  unit.delete(from)
  unit.put(to, { meta: {} })
}

/** @throws Fault InvalidInput, DirectoryObjectExists */
async function claimUserName(
  unit: UnitOfWork,
  tenant: string,
  kind: PrincipalKind,
  name: string,
  id: string,
): Promise<void> {
  if (kind !== 'user') throw invalidInput('userPrincipalName', 'only users have one')
  if (name.length > MAXIMUM_USER_NAME_CHARACTERS || !/^[^\s\p{Cc}]+$/u.test(name)) {
    const reason = `it must have 1 to ${MAXIMUM_USER_NAME_CHARACTERS} characters, none of them white space`
    throw invalidInput('userPrincipalName', reason)
  }
  const key = userPrincipalNameKey(tenant, name)
  const holder = (await unit.get<UniqueName>(key))?.meta.id
  if (holder === id) return
  if (holder !== undefined)
    throw new Fault('DirectoryObjectExists', { type: 'userPrincipalName', id: name })
  unit.put<UniqueName>(key, { meta: { id } })
}

/** @param next of the same user, which may be the same name in another spelling. */
async function releaseUserName(
  unit: UnitOfWork,
  tenant: string,
  { userPrincipalName }: Principal,
  next: string,
): Promise<void> {
  if (userPrincipalName === undefined) return
  const key: RecordKey = userPrincipalNameKey(tenant, userPrincipalName)
  if (key === userPrincipalNameKey(tenant, next)) return
  await unit.get(key)
  unit.delete(key)
}
