import { randomUUID } from 'node:crypto'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import type { OperationContext } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { demandRoom } from './credentials.ts'
import {
  credentialKey,
  credentialPrefix,
  type Credential,
  type PasswordCredential,
} from './credential.ts'
import type { DirectoryCollection } from './directory-index.ts'
import { principalKey, type Principal } from './principal.ts'
import { readPrincipal } from './principals.ts'
import { touchEpoch } from './touch-epoch.ts'

/** The principal, when it is a user: nobody else signs in with a password or a passkey. */
export async function readUser(
  context: OperationContext,
  id: string,
  collection?: DirectoryCollection,
): Promise<Principal> {
  const principal = await readPrincipal(context, id, collection)
  if (principal.kind === 'user') return principal
  throw invalidInput('principal', 'only users sign in with a password or a passkey')
}

/** The user that makes this call. @throws Fault InvalidInput when it is known elsewhere alone. */
export async function readSelf(context: OperationContext): Promise<Principal> {
  return await readUser(context, context.caller.principal)
}

/** The user's password, if there is one, with its hash. */
export async function passwordOf(
  unit: UnitOfWork,
  tenant: string,
  user: string,
): Promise<{ readonly credential: PasswordCredential; readonly phc: Secret } | undefined> {
  const listed = await unit.listAll<Credential>(credentialPrefix(tenant, user))
  for (const { content } of listed) {
    const { meta, secret } = content
    if (meta.kind === 'password' && secret !== undefined) return { credential: meta, phc: secret }
  }
  return undefined
}

/**
 * Puts a password in the place of the former one; what was earned with that is worth nothing from
 * now on.
 */
export async function replacePassword(
  { unit, caller, now }: OperationContext,
  user: Principal,
  phc: Secret,
): Promise<PasswordCredential> {
  const { tenant } = caller
  const listed = await unit.listAll<Credential>(credentialPrefix(tenant, user.id))
  const former = listed.filter(({ content }) => content.meta.kind === 'password')
  demandRoom(listed.length - former.length)
  await unit.getMany(former.map(({ key }) => key))
  for (const { key } of former) unit.delete(key)
  const credential: PasswordCredential = {
    kind: 'password',
    id: randomUUID(),
    displayName: 'password',
    createdAt: now,
  }
  const key = credentialKey(tenant, user.id, credential.id)
  unit.create<Credential>(key, { meta: credential, secret: phc })
  putRevoked(unit, tenant, user, now)
  touchEpoch(unit)
  return credential
}

/** Revokes every token and session of a user that was read. */
export function putRevoked(
  unit: UnitOfWork,
  tenant: string,
  user: Principal,
  now: EpochSeconds,
): void {
  const revoked: Principal = { ...user, tokensValidAfter: now + 1 }
  unit.put<Principal>(principalKey(tenant, user.id), { meta: revoked })
}

/** @throws Fault DirectoryObjectNotFound */
export async function readOwnCredential(
  { unit, caller }: OperationContext,
  id: string,
): Promise<Credential> {
  const found = await unit.get<Credential>(credentialKey(caller.tenant, caller.principal, id))
  if (found === undefined) throw new Fault('DirectoryObjectNotFound', { type: 'credential', id })
  return found.meta
}
