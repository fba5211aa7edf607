import { randomUUID } from 'node:crypto'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { applicationObjectKey, type Application } from './application.ts'
import { changedAttributes, type Attributes } from './attributes.ts'
import { directoryNameKey, identifierUriKey, type UniqueName } from './directory-index.ts'
import { applicationKey, type ApplicationIndex } from './principal.ts'

const MAXIMUM_NAME_CHARACTERS = 256
const MAXIMUM_URIS = 50
const MAXIMUM_URI_CHARACTERS = 255

export interface NewApplication {
  readonly displayName: string
  readonly identifierUris?: readonly string[]
  readonly attributes?: Attributes
}

/**
 * Adds an application, without its service principal, to a unit of work. The caller touches the epoch.
 * @throws Fault InvalidInput, DirectoryObjectExists
 */
export async function putNewApplication(
  unit: UnitOfWork,
  tenant: string,
  { displayName, identifierUris = [], attributes }: NewApplication,
  now: EpochSeconds,
): Promise<Application> {
  demandObjectName(displayName)
  const application: Application = {
    id: randomUUID(),
    appId: randomUUID(),
    displayName,
    principal: randomUUID(),
    identifierUris: withoutRepeats(identifierUris),
    createdAt: now,
    ...changedAttributes(undefined, attributes),
  }
  await changeUris(unit, tenant, application.id, [], application.identifierUris)
  unit.create<Application>(applicationObjectKey(tenant, application.id), { meta: application })
  unit.create(directoryNameKey(tenant, 'applications', application), { meta: {} })
  const index: ApplicationIndex = { principal: application.principal, application: application.id }
  unit.create<ApplicationIndex>(applicationKey(tenant, application.appId), { meta: index })
  return application
}

/**
 * Makes the further names of an application those of `after`.
 * @throws Fault InvalidInput, DirectoryObjectExists when one of them is another's.
 */
export async function changeUris(
  unit: UnitOfWork,
  tenant: string,
  id: string,
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  if (after.length > MAXIMUM_URIS)
    throw invalidInput('identifierUris', `there may be ${MAXIMUM_URIS} at most`)
  for (const uri of after) demandUri(uri)
  const keyOf = (uri: string): string => identifierUriKey(tenant, uri)
  const kept = new Set(after.map(keyOf))
  for (const uri of before) {
    if (kept.has(keyOf(uri))) continue
    const key = identifierUriKey(tenant, uri)
    await unit.get(key)
    unit.delete(key)
  }
  for (const uri of after) {
    const key = identifierUriKey(tenant, uri)
    const holder = (await unit.get<UniqueName>(key))?.meta.id
    if (holder === id) continue
    if (holder !== undefined)
      throw new Fault('DirectoryObjectExists', { type: 'identifierUri', id: uri })
    unit.put<UniqueName>(key, { meta: { id } })
  }
}

/** @throws Fault InvalidInput when the display name of an object is empty or too long. */
export function demandObjectName(displayName: string): void {
  if (displayName.length >= 1 && displayName.length <= MAXIMUM_NAME_CHARACTERS) return
  throw invalidInput('displayName', `it must have 1 to ${MAXIMUM_NAME_CHARACTERS} characters`)
}

/** Without those that differ from an earlier one in case alone. */
export function withoutRepeats(uris: readonly string[]): readonly string[] {
  return [
    ...new Map(uris.toReversed().map((uri) => [uri.toLowerCase(), uri])).values(),
  ].toReversed()
}

function demandUri(uri: string): void {
  const isUri = /^[a-z][a-z0-9+.-]*:[^\s\p{Cc}]+$/iu.test(uri)
  if (isUri && uri.length <= MAXIMUM_URI_CHARACTERS) return
  const reason = `each must be a URI of ${MAXIMUM_URI_CHARACTERS} characters at most, such as api://<client id>`
  throw invalidInput('identifierUris', reason)
}
