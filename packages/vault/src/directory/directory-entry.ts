import { isGuid } from '../identifier.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { applicationObjectKey, type Application } from './application.ts'
import { credentialPrefix, type Credential } from './credential.ts'
import { summaryOf, type CredentialSummary } from './credentials.ts'
import {
  identifierUriKey,
  userPrincipalNameKey,
  type DirectoryCollection,
  type UniqueName,
} from './directory-index.ts'
import { applicationKey, principalKey, type ApplicationIndex, type Principal } from './principal.ts'
import { collectionOf } from './put-principal.ts'

/** An object of the directory, as its readers see it. */
export type DirectoryEntry =
  | {
      readonly collection: 'applications'
      readonly application: Application
      readonly credentials: readonly CredentialSummary[]
    }
  | {
      readonly collection: 'servicePrincipals'
      readonly principal: Principal
      /** Absent for managed identities. */
      readonly application: Application | undefined
      readonly credentials: readonly CredentialSummary[]
    }
  | { readonly collection: 'users' | 'groups'; readonly principal: Principal }

/** How an object is named. */
export type DirectoryPlace =
  | {
      readonly by: 'id'
      readonly id: string
      /** Where it is looked for; in all of them when absent. */
      readonly collections?: readonly DirectoryCollection[]
    }
  | {
      readonly by: 'appId'
      readonly appId: string
      readonly collection: 'applications' | 'servicePrincipals'
    }
  | {
      readonly by: 'identifierUri'
      readonly uri: string
      readonly collection: 'applications' | 'servicePrincipals'
    }
  | { readonly by: 'userPrincipalName'; readonly userPrincipalName: string }

/** Finds an object by point reads; `undefined` where there is none. */
export async function findEntry(
  unit: UnitOfWork,
  tenant: string,
  place: DirectoryPlace,
): Promise<DirectoryEntry | undefined> {
  switch (place.by) {
    case 'id':
      return await entryOfId(unit, tenant, place.id, place.collections)
    case 'userPrincipalName': {
      const index = await unit.get<UniqueName>(
        userPrincipalNameKey(tenant, place.userPrincipalName),
      )
      return index && (await entryOfId(unit, tenant, index.meta.id, ['users']))
    }
    case 'appId': {
      if (!isGuid(place.appId)) return undefined
      const index = await unit.get<ApplicationIndex>(applicationKey(tenant, place.appId))
      const { application, principal } = index?.meta ?? {}
      const id = place.collection === 'applications' ? application : principal
      return id === undefined ? undefined : await entryOfId(unit, tenant, id, [place.collection])
    }
    case 'identifierUri': {
      const index = await unit.get<UniqueName>(identifierUriKey(tenant, place.uri))
      const found = index && (await readApplication(unit, tenant, index.meta.id))
      if (found === undefined) return undefined
      const id = place.collection === 'applications' ? found.id : found.principal
      return await entryOfId(unit, tenant, id, [place.collection])
    }
  }
}

const ANY: readonly DirectoryCollection[] = ['users', 'groups', 'servicePrincipals', 'applications']

/** The object with this id, when it is in one of these collections. */
export async function entryOfId(
  unit: UnitOfWork,
  tenant: string,
  id: string,
  collections: readonly DirectoryCollection[] = ANY,
): Promise<DirectoryEntry | undefined> {
  if (!isGuid(id)) return undefined
  const principal = (await unit.get<Principal>(principalKey(tenant, id)))?.meta
  if (principal !== undefined) {
    const collection = collectionOf(principal)
    if (collection === undefined || !collections.includes(collection)) return undefined
    if (collection !== 'servicePrincipals') return { collection, principal }
    const application = await applicationOf(unit, tenant, principal)
    return {
      collection,
      principal,
      application,
      credentials: await credentialsOf(unit, tenant, id),
    }
  }
  if (!collections.includes('applications')) return undefined
  const application = await readApplication(unit, tenant, id)
  if (application === undefined) return undefined
  const credentials = await credentialsOf(unit, tenant, application.principal)
  return { collection: 'applications', application, credentials }
}

/** What an entry is known by, whatever it is. */
export function objectOfEntry(entry: DirectoryEntry): Pick<Principal, 'id' | 'displayName'> {
  return entry.collection === 'applications' ? entry.application : entry.principal
}

async function applicationOf(
  unit: UnitOfWork,
  tenant: string,
  { appId }: Principal,
): Promise<Application | undefined> {
  const index = appId && (await unit.get<ApplicationIndex>(applicationKey(tenant, appId)))
  const id = index ? index.meta.application : undefined
  return id === undefined ? undefined : await readApplication(unit, tenant, id)
}

async function readApplication(
  unit: UnitOfWork,
  tenant: string,
  id: string,
): Promise<Application | undefined> {
  return (await unit.get<Application>(applicationObjectKey(tenant, id)))?.meta
}

async function credentialsOf(
  unit: UnitOfWork,
  tenant: string,
  holder: string,
): Promise<readonly CredentialSummary[]> {
  const listed = await unit.listAll<Credential>(credentialPrefix(tenant, holder))
  return listed.map(({ content }) => summaryOf(content.meta))
}
