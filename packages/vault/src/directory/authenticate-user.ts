import { isGuid } from '../identifier.ts'
import type { Secret } from '../seal/secret.ts'
import type { AccessView } from '../access/access-cache.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { credentialPrefix, type Credential, type PasskeyCredential } from './credential.ts'
import { userPrincipalNameKey, type UniqueName } from './directory-index.ts'
import {
  externalIdentityKey,
  type ExternalIdentity,
  type ExternalIdentityIndex,
} from './external-identity.ts'
import { failedSignIn } from './failed-sign-in.ts'
import type { PasswordCheck } from './password-hash.ts'
import { normalPassword } from './password-rules.ts'
import { principalKey, type Principal } from './principal.ts'
import { passwordOf } from './user-credentials.ts'

/** How a person has signed in, in the words of the token's `amr` (RFC 8176 and Entra's own). */
export type UserSignInMethod = 'pwd' | 'fido' | 'mfa' | 'fed'

/** A user that has proved who it is, and by what. */
export interface SignedInUser {
  readonly user: Principal
  readonly methods: readonly UserSignInMethod[]
  /** Id of the credential. */
  readonly credential: string
}

/** Stands in for a user that is not there, so that its absence takes as long as a wrong password. */
const NOBODY = '00000000-0000-0000-0000-000000000000'
const MAXIMUM_NAME_CHARACTERS = 256

/** @throws Fault SignInFailed: UserUnknown, PasswordWrong, UserDisabled; TooManyRequests */
export async function userByPassword(
  unit: UnitOfWork,
  tenant: string,
  { userName, password }: { readonly userName: string; readonly password: Secret },
  check: PasswordCheck,
): Promise<SignedInUser> {
  const user = await userNamed(unit, tenant, userName)
  const known = await passwordOf(unit, tenant, user?.id ?? NOBODY)
  const normal = normalPassword(password)
  const isRight = await check(normal ?? password, normal === undefined ? undefined : known?.phc)
  if (user === undefined) throw failedSignIn('UserUnknown')
  if (!isRight || known === undefined) throw failedSignIn('PasswordWrong')
  demandEnabled(user)
  return { user, methods: ['pwd'], credential: known.credential.id }
}

/** What a browser shows of a passkey; the door checks the signature. */
export interface PasskeyProof {
  /** The object id of the user, as the passkey keeps it. */
  readonly user: string
  readonly passkeyId: string
  /** Checks the signature; gives the authenticator's new count, `undefined` when it is wrong. */
  readonly verify: (credential: PasskeyCredential) => Promise<number | undefined>
}

/** A user and the passkey it was known by, with the count to keep. */
export interface SignedInByPasskey extends SignedInUser {
  readonly passkey: PasskeyCredential
}

/** @throws Fault SignInFailed: UserUnknown, PasskeyWrong, UserDisabled */
export async function userByPasskey(
  unit: UnitOfWork,
  tenant: string,
  { user: id, passkeyId, verify }: PasskeyProof,
): Promise<SignedInByPasskey> {
  const user = await userWithId(unit, tenant, id)
  const listed = await unit.listAll<Credential>(credentialPrefix(tenant, user?.id ?? NOBODY))
  const found = listed
    .map(({ content }) => content.meta)
    .find((meta) => meta.kind === 'passkey' && meta.passkeyId === passkeyId)
  if (user === undefined) throw failedSignIn('UserUnknown')
  const counter = found?.kind === 'passkey' ? await verify(found) : undefined
  if (found?.kind !== 'passkey' || counter === undefined) throw failedSignIn('PasskeyWrong')
  demandEnabled(user)
  const methods = ['fido', 'mfa'] as const
  return { user, methods, credential: found.id, passkey: { ...found, counter } }
}

/** The user that an external identity is linked to, if any. @throws Fault SignInFailed */
export async function userByExternalIdentity(
  unit: UnitOfWork,
  tenant: string,
  identity: ExternalIdentity,
): Promise<SignedInUser | undefined> {
  const index = await unit.get<ExternalIdentityIndex>(externalIdentityKey(identity))
  if (index === undefined) return undefined
  if (index.meta.tenant !== tenant) throw failedSignIn('ExternalIdentityUnknown')
  const user = await userWithId(unit, tenant, index.meta.principal)
  if (user === undefined) throw failedSignIn('ExternalIdentityUnknown')
  const listed = await unit.listAll<Credential>(credentialPrefix(tenant, user.id))
  const link = listed
    .map(({ content }) => content.meta)
    .find((one) => one.kind === 'external' && isSame(one, identity))
  if (link === undefined) throw failedSignIn('ExternalIdentityUnknown')
  demandEnabled(user)
  return { user, methods: ['fed'], credential: link.id }
}

/** The user that has a user name. */
export async function userNamed(
  unit: UnitOfWork,
  tenant: string,
  userName: string,
): Promise<Principal | undefined> {
  if (userName === '' || userName.length > MAXIMUM_NAME_CHARACTERS) return undefined
  const index = await unit.get<UniqueName>(userPrincipalNameKey(tenant, userName))
  return index === undefined ? undefined : await userWithId(unit, tenant, index.meta.id)
}

/**
 * The user whom a session is of, as long as it is good.
 * @param authenticatedAt when the person has signed in; a revocation after that ends it.
 * @throws Fault SignInFailed: UserUnknown, UserDisabled, RefreshTokenRevoked
 */
export async function currentUser(
  view: AccessView,
  tenant: string,
  id: string,
  authenticatedAt: EpochSeconds,
): Promise<Principal> {
  const { principal } = await view.principalAccess(tenant, id, [])
  return demandCurrentUser(principal, authenticatedAt)
}

/**
 * The user whom a code or refresh token is of, as `currentUser`: what it is exchanged for is given
 * only if nothing has changed about the user meanwhile.
 * @throws Fault SignInFailed: UserUnknown, UserDisabled, RefreshTokenRevoked
 */
export async function unchangedUser(
  unit: UnitOfWork,
  tenant: string,
  { user, authenticatedAt }: { readonly user: string; readonly authenticatedAt: EpochSeconds },
): Promise<Principal> {
  return demandCurrentUser(await userWithId(unit, tenant, user), authenticatedAt)
}

function demandCurrentUser(user: Principal | undefined, authenticatedAt: EpochSeconds): Principal {
  if (user?.kind !== 'user') throw failedSignIn('UserUnknown')
  demandEnabled(user)
  if (authenticatedAt >= (user.tokensValidAfter ?? 0)) return user
  throw failedSignIn('RefreshTokenRevoked')
}

/** The user that has an object id. */
export async function userWithId(
  unit: UnitOfWork,
  tenant: string,
  id: string,
): Promise<Principal | undefined> {
  if (!isGuid(id)) return undefined
  const found = await unit.get<Principal>(principalKey(tenant, id))
  return found?.meta.kind === 'user' ? found.meta : undefined
}

/** Only to who has proved itself: others are not told. */
function demandEnabled({ enabled }: Principal): void {
  if (!enabled) throw failedSignIn('UserDisabled')
}

function isSame(one: ExternalIdentity, other: ExternalIdentity): boolean {
  return one.issuer === other.issuer && one.subject === other.subject
}
