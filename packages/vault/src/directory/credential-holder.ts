import { demandGuid } from '../demand-guid.ts'
import { Fault } from '../fault.ts'
import type { OperationContext } from '../operation.ts'
import { applicationObjectKey, type Application } from './application.ts'
import { principalKey, type Principal } from './principal.ts'

/** Whose credentials they are, with the id that they are kept under. */
export type CredentialHolder = Pick<Principal, 'id' | 'kind' | 'appId'>

/**
 * A principal, or the application of a service principal: the two share their credentials.
 * @param id object id of either.
 * @throws Fault InvalidInput, DirectoryObjectNotFound
 */
export async function readCredentialHolder(
  { unit, caller }: OperationContext,
  id: string,
): Promise<CredentialHolder> {
  demandGuid('principal', id)
  const principal = await unit.get<Principal>(principalKey(caller.tenant, id))
  if (principal !== undefined) return principal.meta
  const application = await unit.get<Application>(applicationObjectKey(caller.tenant, id))
  if (application === undefined)
    throw new Fault('DirectoryObjectNotFound', { type: 'principal', id })
  return { id: application.meta.principal, kind: 'application', appId: application.meta.appId }
}
