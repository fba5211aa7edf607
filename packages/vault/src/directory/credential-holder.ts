import { demandGuid } from '../demand-guid.ts'
import { Fault } from '../fault.ts'
import type { OperationContext } from '../operation.ts'
import { applicationObjectKey, type Application } from './application.ts'
import type { DirectoryCollection } from './directory-index.ts'
import { principalKey, type Principal } from './principal.ts'
import { collectionOf } from './put-principal.ts'

/** Whose credentials they are, with the id that they are kept under. */
export type CredentialHolder = Pick<Principal, 'id' | 'kind' | 'appId'>

/**
 * A principal, or the application of a service principal: the two share their credentials.
 * @param id object id of either.
 * @param collection one of another is not found.
 * @throws Fault InvalidInput, DirectoryObjectNotFound
 */
export async function readCredentialHolder(
  { unit, caller }: OperationContext,
  id: string,
  collection?: DirectoryCollection,
): Promise<CredentialHolder> {
  demandGuid('principal', id)
  const principal = await unit.get<Principal>(principalKey(caller.tenant, id))
  const own = principal && collectionOf(principal.meta)
  if (principal !== undefined && (collection ?? own) === own) return principal.meta
  const isApplication = collection === undefined || collection === 'applications'
  const application = isApplication
    ? await unit.get<Application>(applicationObjectKey(caller.tenant, id))
    : undefined
  if (application === undefined)
    throw new Fault('DirectoryObjectNotFound', { type: 'principal', id })
  return { id: application.meta.principal, kind: 'application', appId: application.meta.appId }
}
