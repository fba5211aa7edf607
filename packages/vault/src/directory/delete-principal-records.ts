import { recordsOfAssignment } from '../access/assignment-records.ts'
import { demandAdministratorLeft } from '../access/demand-administrator-left.ts'
import { roleAssignmentPrefix } from '../access/role-record.ts'
import type { RoleAssignment } from '../access/role.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { applicationObjectKey, type Application } from './application.ts'
import { credentialKey, credentialPrefix, type Credential } from './credential.ts'
import { directoryNameKey, identifierUriKey, userPrincipalNameKey } from './directory-index.ts'
import { ownedKey, ownedPrefix, ownerKey, ownerPrefix, type Ownership } from './owner.ts'
import {
  applicationKey,
  memberKey,
  memberOfKey,
  memberOfPrefix,
  memberPrefix,
  principalKey,
  type ApplicationIndex,
  type Membership,
  type Principal,
} from './principal.ts'
import { collectionOf } from './put-principal.ts'
import { familiesPrefix } from './refresh-families.ts'
import { indexKeysOf } from './signing-key-index.ts'

/**
 * Deletes a principal that was read, with all that is kept of it, and its application if it has one.
 * The caller touches the epoch.
 */
export async function deletePrincipalRecords(
  unit: UnitOfWork,
  tenant: string,
  principal: Principal,
): Promise<void> {
  const keys = [
    ...(await recordsOfPrincipal(unit, tenant, principal)),
    ...(await credentialRecords(unit, tenant, principal.id, () => true)),
  ]
  if (principal.appId !== undefined) {
    const index = applicationKey(tenant, principal.appId)
    keys.push(index)
    const { application } = (await unit.get<ApplicationIndex>(index))?.meta ?? {}
    const found =
      application && (await unit.get<Application>(applicationObjectKey(tenant, application)))
    if (found) keys.push(...(await recordsOfApplication(unit, tenant, found.meta)))
  }
  await deleteAll(unit, keys)
}

/** Deletes an application that was read, with its credentials; its principal, if any, as well. */
export async function deleteApplicationRecords(
  unit: UnitOfWork,
  tenant: string,
  application: Application,
): Promise<void> {
  const principal = await unit.get<Principal>(principalKey(tenant, application.principal))
  if (principal !== undefined) return await deletePrincipalRecords(unit, tenant, principal.meta)
  await deleteAll(unit, [
    applicationKey(tenant, application.appId),
    ...(await recordsOfApplication(unit, tenant, application)),
    ...(await credentialRecords(unit, tenant, application.principal, () => true)),
  ])
}

/**
 * Deletes the principal of an application that stays. What signs the application in goes on under
 * another object id, so that whoever is made in its place has nothing that this one was given.
 */
export async function deleteServicePrincipalRecords(
  unit: UnitOfWork,
  tenant: string,
  principal: Principal,
  application: Application,
  next: string,
): Promise<void> {
  const { id } = principal
  const listed = await unit.listAll<Credential>(credentialPrefix(tenant, id))
  await unit.getMany(listed.map(({ key }) => key))
  for (const { content } of listed) {
    if (indexKeysOf(content.meta).length > 0) continue
    unit.create(credentialKey(tenant, next, content.meta.id), content)
  }
  await deleteAll(unit, [
    ...(await recordsOfPrincipal(unit, tenant, principal)),
    ...(await credentialRecords(unit, tenant, id, () => true)),
  ])
  const moved: Application = { ...application, principal: next }
  const index: ApplicationIndex = { principal: next, application: application.id }
  await unit.getMany([
    applicationObjectKey(tenant, application.id),
    applicationKey(tenant, application.appId),
  ])
  unit.put<Application>(applicationObjectKey(tenant, application.id), { meta: moved })
  unit.put<ApplicationIndex>(applicationKey(tenant, application.appId), { meta: index })
}

async function recordsOfPrincipal(
  unit: UnitOfWork,
  tenant: string,
  principal: Principal,
): Promise<readonly RecordKey[]> {
  const { id, userPrincipalName } = principal
  const keys = [principalKey(tenant, id), ...(await ownerRecords(unit, tenant, id))]
  const collection = collectionOf(principal)
  if (collection !== undefined) keys.push(directoryNameKey(tenant, collection, principal))
  if (userPrincipalName !== undefined) keys.push(userPrincipalNameKey(tenant, userPrincipalName))
  keys.push(...(await unit.keys(familiesPrefix(tenant, id), { limit: 500 })))
  for (const one of await unit.listAll<Membership>(memberOfPrefix(tenant, id))) {
    keys.push(one.key, memberKey(tenant, one.content.meta.group, id))
  }
  for (const one of await unit.listAll<Membership>(memberPrefix(tenant, id))) {
    keys.push(one.key, memberOfKey(tenant, one.content.meta.member, id))
  }
  const held = await unit.listAll<RoleAssignment>(roleAssignmentPrefix(tenant, id))
  if (held.some(({ content }) => content.meta.scope === '/')) {
    await demandAdministratorLeft(unit, tenant, (one) => one.principal === id)
  }
  for (const { content } of held) keys.push(...recordsOfAssignment(tenant, content.meta))
  return keys
}

async function recordsOfApplication(
  unit: UnitOfWork,
  tenant: string,
  application: Application,
): Promise<readonly RecordKey[]> {
  return [
    applicationObjectKey(tenant, application.id),
    directoryNameKey(tenant, 'applications', application),
    ...application.identifierUris.map((uri) => identifierUriKey(tenant, uri)),
    ...(await ownerRecords(unit, tenant, application.id)),
  ]
}

async function ownerRecords(
  unit: UnitOfWork,
  tenant: string,
  id: string,
): Promise<readonly RecordKey[]> {
  const keys: RecordKey[] = []
  for (const { key, content } of await unit.listAll<Ownership>(ownerPrefix(tenant, id))) {
    keys.push(key, ownedKey(tenant, content.meta.owner, id))
  }
  for (const { key, content } of await unit.listAll<Ownership>(ownedPrefix(tenant, id))) {
    keys.push(key, ownerKey(tenant, content.meta.object, id))
  }
  return keys
}

/** The records of credentials, and those that lead to them. */
export async function credentialRecords(
  unit: UnitOfWork,
  tenant: string,
  holder: string,
  isWanted: (credential: Credential) => boolean,
): Promise<readonly RecordKey[]> {
  const listed = await unit.listAll<Credential>(credentialPrefix(tenant, holder))
  return listed
    .filter(({ content }) => isWanted(content.meta))
    .flatMap(({ key, content }) => [key, ...indexKeysOf(content.meta)])
}

async function deleteAll(unit: UnitOfWork, keys: readonly RecordKey[]): Promise<void> {
  await unit.getMany(keys)
  for (const key of keys) unit.delete(key)
}
