import { Fault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { demandGuid } from '../demand-guid.ts'
import { credentialKey, credentialPrefix, type Credential, type FederatedCredential } from './credential.ts'
import { readCredentialHolder } from './credential-holder.ts'
import type { DirectoryCollection } from './directory-index.ts'
import { putIdentityHeader } from './identity-header.ts'
import { putSecretCredential } from './secret-credential.ts'
import { indexKeysOf } from './signing-key-index.ts'
import { touchEpoch } from './touch-epoch.ts'

/** Most credentials of one principal, so that checking one stays quick. */
const MAXIMUM_CREDENTIALS = 50
const PASSKEY_HINT_CHARACTERS = 8

export interface CreateSecretInput {
  readonly principal: string
  /** One of another collection is not found. */
  readonly collection?: DirectoryCollection
  readonly displayName: string
  readonly expiresAt?: EpochSeconds
  /** Revokes the principal's other secrets of this display name in the same commit. */
  readonly replace?: boolean
  /** For whom it must be; else it is made for a managed identity too, as a header. */
  readonly of?: 'application'
}

/** Whom a federated credential trusts. */
export type FederatedTrust = Pick<
  FederatedCredential,
  'issuer' | 'subject' | 'audiences' | 'description'
>

/** A credential without what it proves itself by, for lists. */
export type CredentialSummary = Pick<Credential, 'id' | 'kind' | 'displayName' | 'createdAt' | 'expiresAt'> & {
  /**
   * First characters of a secret or of a passkey's id; subject of a federated or external
   * credential; thumbprint of a certificate; the id that requests are signed under, of an access key
   * or client key; nothing of a password.
   */
  readonly hint: string
  /** Of access keys and client keys. */
  readonly enabled?: boolean
  /** Of a federated credential: what it trusts. */
  readonly trust?: FederatedTrust
}

/** Makes a client secret, or the identity header of a managed identity; it is shown this once. */
export const createSecretCredential = operation<
  CreateSecretInput,
  { readonly credential: CredentialSummary; readonly secret: Secret }
>({
  name: 'DirectoryCredentialCreate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal }, output) => `principals/${principal}/credentials/${output?.credential.id ?? ''}`,

  async run(context, input) {
    const { unit, caller, now } = context
    const { displayName, expiresAt, replace = false, of, collection } = input
    const principal = await readCredentialHolder(context, input.principal, collection)
    const { id } = principal
    if (principal.appId === undefined || (of !== undefined && principal.kind !== of)) {
      throw new Fault('InvalidInput', { property: 'principal', reason: 'only applications and managed identities have secrets' })
    }
    const others = await unit.listAll<Credential>(credentialPrefix(caller.tenant, id))
    const replaced = others.filter(({ content: { meta } }) => replace && meta.kind === 'secret' && meta.displayName === displayName)
    await unit.getMany(replaced.map((one) => one.key))
    for (const { key } of replaced) unit.delete(key)
    demandRoom(others.length - replaced.length)
    const wanted = { displayName, now, ...(expiresAt === undefined ? {} : { expiresAt }) }
    const made = principal.kind === 'managedIdentity'
      ? await putIdentityHeader(unit, caller.tenant, principal, wanted)
      : await putSecretCredential(unit, caller.tenant, id, wanted)
    touchEpoch(unit)
    return { credential: summaryOf(made.credential), secret: made.secret }
  },
})

/** The credentials of a principal, without anything that proves them. */
export const listCredentials = operation<{ readonly principal: string }, readonly CredentialSummary[]>({
  name: 'DirectoryCredentialList',
  permission: 'directory/read',
  writes: false,
  target: () => ({ scope: '/' }),
  auditId: ({ principal }) => `principals/${principal}/credentials`,

  async run(context, { principal }) {
    const { id } = await readCredentialHolder(context, principal)
    const found = await context.unit.listAll<Credential>(credentialPrefix(context.caller.tenant, id))
    return found.map((one) => summaryOf(one.content.meta))
  },
})

export interface DeleteCredentialInput {
  readonly principal: string
  /** One of another collection is not found. */
  readonly collection?: DirectoryCollection
  readonly credential: string
  /** One of another kind is not found; of any kind when absent. */
  readonly kind?: Credential['kind']
}

/** Revokes a credential of any kind; tokens that it has earned stay valid until they expire or are revoked. */
export const deleteCredential = operation<DeleteCredentialInput, CredentialSummary>({
  name: 'DirectoryCredentialDelete',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal, credential }) => `principals/${principal}/credentials/${credential}`,

  async run(context, { principal, collection, credential, kind }) {
    const { id } = await readCredentialHolder(context, principal, collection)
    demandGuid('credential', credential)
    const key = credentialKey(context.caller.tenant, id, credential)
    const found = await context.unit.get<Credential>(key)
    const isOther = kind !== undefined && found?.meta.kind !== kind
    if (found === undefined || isOther) throw new Fault('DirectoryObjectNotFound', { type: 'credential', id: credential })
    await deleteWithIndex(context.unit, key, found.meta)
    touchEpoch(context.unit)
    return summaryOf(found.meta)
  },
})

/** Deletes a credential that was read, with what leads to it. */
export async function deleteWithIndex(unit: UnitOfWork, key: RecordKey, credential: Credential): Promise<void> {
  const keys = indexKeysOf(credential)
  await unit.getMany(keys)
  for (const one of [key, ...keys]) unit.delete(one)
}

/** Adds a ready credential (certificate, federated) to an application. */
export async function addCredential(
  context: OperationContext,
  principal: string,
  credential: Credential,
  collection?: DirectoryCollection,
): Promise<CredentialSummary> {
  const { unit, caller } = context
  const { id, appId } = await readCredentialHolder(context, principal, collection)
  if (appId === undefined) {
    throw new Fault('InvalidInput', { property: 'principal', reason: 'only applications and managed identities sign in with credentials' })
  }
  const others = await unit.listAll<Credential>(credentialPrefix(caller.tenant, id))
  demandRoom(others.length)
  if (credential.kind === 'federated') demandNewTrust(credential, others.map(({ content }) => content.meta))
  const key = credentialKey(caller.tenant, id, credential.id)
  await unit.get(key)
  unit.put<Credential>(key, { meta: credential })
  touchEpoch(unit)
  return summaryOf(credential)
}

/** Two that trust the same subject, or have one name, could not be told apart. */
export function demandNewTrust(
  { id, displayName, issuer, subject }: FederatedCredential,
  others: readonly Credential[],
): void {
  for (const other of others) {
    if (other.kind !== 'federated' || other.id === id) continue
    const isSame = other.issuer === issuer && other.subject === subject
    if (!isSame && other.displayName !== displayName) continue
    const name = isSame ? subject : displayName
    throw new Fault('DirectoryObjectExists', { type: 'credential', id: name })
  }
}

/** @throws Fault InvalidInput when a principal has all the credentials that it may have. */
export function demandRoom(existing: number): void {
  if (existing < MAXIMUM_CREDENTIALS) return
  throw new Fault('InvalidInput', { property: 'principal', reason: `it has ${existing} credentials, the most there can be; delete one first` })
}

/** What may be told of a credential. */
export function summaryOf(credential: Credential): CredentialSummary {
  const { id, kind, displayName, createdAt, expiresAt } = credential
  return {
    id,
    kind,
    displayName,
    createdAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    hint: hintOf(credential),
    ...('enabled' in credential ? { enabled: credential.enabled } : {}),
    ...(credential.kind === 'federated' ? { trust: trustOf(credential) } : {}),
  }
}

function trustOf({ issuer, subject, audiences, description }: FederatedCredential): FederatedTrust {
  return { issuer, subject, audiences, ...(description === undefined ? {} : { description }) }
}

function hintOf(credential: Credential): string {
  if (credential.kind === 'secret') return credential.hint
  if (credential.kind === 'certificate') return credential.x5t
  if (credential.kind === 'federated' || credential.kind === 'external') return credential.subject
  if (credential.kind === 'password') return ''
  if (credential.kind === 'passkey') return credential.passkeyId.slice(0, PASSKEY_HINT_CHARACTERS)
  return credential.kind === 'accessKey' ? credential.accessKeyId : credential.clientKeyId
}
