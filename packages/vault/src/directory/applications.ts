import { randomUUID } from 'node:crypto'
import { demandGuid } from '../demand-guid.ts'
import { Fault } from '../fault.ts'
import { isGuid } from '../identifier.ts'
import { operation, type OperationContext } from '../operation.ts'
import { applicationObjectKey, type Application } from './application.ts'
import { changedAttributes, type Attributes } from './attributes.ts'
import {
  deleteApplicationRecords,
  deleteServicePrincipalRecords,
} from './delete-principal-records.ts'
import { putFirstOwner } from './owners.ts'
import { applicationKey, principalKey, type ApplicationIndex, type Principal } from './principal.ts'
import { demandNotAdministrator, readPrincipal } from './principals.ts'
import {
  changeUris,
  demandObjectName,
  putNewApplication,
  withoutRepeats,
  type NewApplication,
} from './put-application.ts'
import { putChangedPrincipal, putServicePrincipal, replaceName } from './put-principal.ts'
import { replaceCertificates, type WantedCertificate } from './replace-certificates.ts'
import { touchEpoch } from './touch-epoch.ts'

export interface CreateApplicationInput extends NewApplication {
  readonly certificates?: readonly WantedCertificate[]
}

/** Makes an application without its service principal, so that nobody can sign in as it yet. */
export const createApplication = operation<CreateApplicationInput, Application>({
  name: 'DirectoryApplicationCreate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: (_input, output) => `applications${output === undefined ? '' : `/${output.id}`}`,

  async run(context, { certificates = [], ...input }) {
    const { unit, caller, now } = context
    const application = await putNewApplication(unit, caller.tenant, input, now)
    await replaceCertificates(context, application.principal, certificates)
    const owner = caller.principal.toLowerCase()
    if (isGuid(owner) && (await unit.get(principalKey(caller.tenant, owner))) !== undefined) {
      putFirstOwner(unit, caller.tenant, { object: application.id, owner })
    }
    touchEpoch(unit)
    return application
  },
})

export interface UpdateApplicationInput {
  /** Object id. */
  readonly application: string
  readonly displayName?: string
  readonly identifierUris?: readonly string[]
  /** What is not named stays, what is null goes. */
  readonly attributes?: Attributes
  /** All that it is to have. */
  readonly certificates?: readonly WantedCertificate[]
}

/** Changes an application; what is not given stays. */
export const updateApplication = operation<UpdateApplicationInput, Application>({
  name: 'DirectoryApplicationUpdate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ application }) => `applications/${application}`,

  async run(context, { application: id, certificates, ...change }) {
    const { unit, caller } = context
    const before = await readApplication(context, id)
    const { displayName = before.displayName } = change
    const identifierUris = change.identifierUris && withoutRepeats(change.identifierUris)
    demandObjectName(displayName)
    if (identifierUris !== undefined) {
      await changeUris(unit, caller.tenant, before.id, before.identifierUris, identifierUris)
    }
    const { attributes: _former, ...kept } = before
    const after: Application = {
      ...kept,
      displayName,
      identifierUris: identifierUris ?? before.identifierUris,
      ...changedAttributes(before.attributes, change.attributes),
    }
    await replaceName(unit, caller.tenant, 'applications', before, after)
    await renamePrincipal(context, before.principal, displayName)
    if (certificates !== undefined)
      await replaceCertificates(context, before.principal, certificates)
    unit.put<Application>(applicationObjectKey(caller.tenant, before.id), { meta: after })
    touchEpoch(unit)
    return after
  },
})

/** A service principal is called as its application is. */
async function renamePrincipal(
  { unit, caller }: OperationContext,
  id: string,
  displayName: string,
): Promise<void> {
  const found = await unit.get<Principal>(principalKey(caller.tenant, id))
  if (found === undefined || found.meta.displayName === displayName) return
  await putChangedPrincipal(unit, caller.tenant, found.meta, { ...found.meta, displayName })
}

/** Removes an application with its credentials, and its service principal with all that it was given. */
export const deleteApplication = operation<{ readonly application: string }, Application>({
  name: 'DirectoryApplicationDelete',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ application }) => `applications/${application}`,

  async run(context, { application: id }) {
    const application = await readApplication(context, id)
    await demandNotAdministrator(context, application.principal)
    await deleteApplicationRecords(context.unit, context.caller.tenant, application)
    touchEpoch(context.unit)
    return application
  },
})

export interface CreateServicePrincipalInput {
  /** Client id. */
  readonly appId: string
  readonly enabled?: boolean
  readonly attributes?: Attributes
}

/** Makes the principal as which an application signs in; it can do nothing until it is given a role. */
export const createServicePrincipal = operation<CreateServicePrincipalInput, Principal>({
  name: 'DirectoryServicePrincipalCreate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: (_input, output) => `principals${output === undefined ? '' : `/${output.id}`}`,

  async run({ unit, caller, now }, { appId, ...input }) {
    demandGuid('appId', appId)
    const index = (await unit.get<ApplicationIndex>(applicationKey(caller.tenant, appId)))?.meta
    if (index === undefined)
      throw new Fault('DirectoryObjectNotFound', { type: 'clientId', id: appId })
    const taken = await unit.get(principalKey(caller.tenant, index.principal))
    const key = index.application && applicationObjectKey(caller.tenant, index.application)
    const application = key && (await unit.get<Application>(key))
    if (taken !== undefined || !application) {
      throw new Fault('DirectoryObjectExists', { type: 'principal', id: appId })
    }
    const { displayName, principal: id } = application.meta
    const made = { ...input, id, appId: appId.toLowerCase(), displayName }
    const principal = putServicePrincipal(unit, caller.tenant, made, now)
    touchEpoch(unit)
    return principal
  },
})

/**
 * Removes the principal of an application, with its memberships and roles; the application stays,
 * with its credentials, and can be given another one.
 */
export const deleteServicePrincipal = operation<{ readonly principal: string }, Principal>({
  name: 'DirectoryServicePrincipalDelete',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal }) => `principals/${principal}`,

  async run(context, { principal: id }) {
    const { unit, caller } = context
    const principal = await readPrincipal(context, id, 'servicePrincipals')
    await demandNotAdministrator(context, id)
    const index =
      principal.appId &&
      (await unit.get<ApplicationIndex>(applicationKey(caller.tenant, principal.appId)))
    const { application } = index ? index.meta : {}
    if (principal.kind !== 'application' || application === undefined) {
      throw new Fault('InvalidInput', {
        property: 'principal',
        reason: 'it is not that of an application',
      })
    }
    const found = await readApplication(context, application)
    await deleteServicePrincipalRecords(unit, caller.tenant, principal, found, randomUUID())
    touchEpoch(unit)
    return principal
  },
})

export interface ReplaceCertificatesInput {
  /** Object id of a service principal. */
  readonly principal: string
  readonly certificates: readonly WantedCertificate[]
}

/** Makes these the certificates that a service principal signs in with, and its application. */
export const setCertificates = operation<ReplaceCertificatesInput, Principal>({
  name: 'DirectoryCredentialUpdate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal }) => `principals/${principal}/credentials`,

  async run(context, { principal: id, certificates }) {
    const principal = await readPrincipal(context, id, 'servicePrincipals')
    if (principal.kind !== 'application') {
      throw new Fault('InvalidInput', {
        property: 'principal',
        reason: 'it is not that of an application',
      })
    }
    await replaceCertificates(context, principal.id, certificates)
    touchEpoch(context.unit)
    return principal
  },
})

/** @throws Fault InvalidInput, DirectoryObjectNotFound */
async function readApplication(
  { unit, caller }: OperationContext,
  id: string,
): Promise<Application> {
  demandGuid('application', id)
  const found = await unit.get<Application>(applicationObjectKey(caller.tenant, id))
  if (found === undefined) throw new Fault('DirectoryObjectNotFound', { type: 'application', id })
  return found.meta
}
