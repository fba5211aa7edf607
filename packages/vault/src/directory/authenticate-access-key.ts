import type { AccessView } from '../access/access-cache.ts'
import type { Caller } from '../access/caller.ts'
import type { Secret } from '../seal/secret.ts'
import type { Seal } from '../seal/seal.ts'
import { epochSeconds, type Clock } from '../time.ts'
import { callerOf } from './caller-of.ts'
import { failedSignIn } from './failed-sign-in.ts'
import type { Principal } from './principal.ts'
import { openSession, type OpenedSession } from './session-token.ts'
import type { SigningKeys } from './signing-keys.ts'

/** What a request shows that was signed with an access key. */
export interface AccessKeyProof {
  readonly accessKeyId: string
  /** Of a session; absent or empty for an access key that is kept. */
  readonly securityToken?: string
  /** Directory and access as the door has seen them for this request; read anew when absent. */
  readonly view?: AccessView
  /** Tells whether the request was signed with this secret; in constant time. */
  verify(secret: Secret): boolean
}

/** Who is named by a key, proved or not. */
export interface KeyOwner {
  readonly tenant: string
  /** Object id. */
  readonly principal: string
}

export interface AccessKeyPorts {
  readonly keys: SigningKeys
  readonly seal: Seal
  readonly clock: Clock
  readonly view: () => Promise<AccessView>
}

/** Finds out who has signed a request with an access key, or with that of a session. */
export class AccessKeyAuthenticator {
  readonly #ports: AccessKeyPorts

  constructor(ports: AccessKeyPorts) {
    this.#ports = ports
  }

  /** @throws Fault SignInFailed; that something is disabled is told to who has signed alone. */
  async authenticate(proof: AccessKeyProof): Promise<Caller> {
    const { securityToken = '' } = proof
    const view = proof.view ?? (await this.#ports.view())
    if (securityToken !== '') return this.#bySession(proof, securityToken, view)
    return this.#byKey(proof, view)
  }

  /** Whose key or session a proof names, whether it was proved or not; for the audit. */
  async whose(
    { accessKeyId, securityToken = '' }: AccessKeyProof,
    view: AccessView,
  ): Promise<KeyOwner | undefined> {
    if (securityToken === '') return await this.#ports.keys.find(accessKeyId, view.epoch)
    const session = await this.#opened(securityToken, view)
    session?.secret.wipe()
    return session
  }

  async #byKey(proof: AccessKeyProof, view: AccessView): Promise<Caller> {
    const found = await this.#ports.keys.find(proof.accessKeyId, view.epoch)
    if (found?.credential.kind !== 'accessKey' || found.secret === undefined) {
      throw failedSignIn('AccessKeyUnknown')
    }
    const { tenant, credential } = found
    if (!proof.verify(found.secret)) throw failedSignIn('RequestSignatureWrong')
    if (!credential.enabled) throw failedSignIn('AccessKeyDisabled')
    const { principal } = await view.principalAccess(tenant, found.principal, [])
    if (principal?.enabled !== true) throw failedSignIn('PrincipalDisabled')
    return callerOf({
      ...callerFacts(tenant, principal),
      // Proved by this very request, so a revocation of earlier tokens does not concern it.
      authenticatedAt: epochSeconds(this.#ports.clock) + 1,
      issuer: 'access key',
      signingKey: proof.accessKeyId,
    })
  }

  async #bySession(
    proof: AccessKeyProof,
    token: string,
    view: AccessView,
  ): Promise<Caller> {
    const { clock } = this.#ports
    const session = await this.#opened(token, view)
    if (session === undefined) throw failedSignIn('SecurityTokenMalformed')
    if (session.accessKeyId !== proof.accessKeyId) throw failedSignIn('SecurityTokenOfAnotherKey')
    if (!proof.verify(session.secret)) throw failedSignIn('RequestSignatureWrong')
    if (epochSeconds(clock) >= session.expiresAt) throw failedSignIn('SecurityTokenExpired')
    const { principal } = await view.principalAccess(session.tenant, session.principal, [])
    if (principal?.enabled !== true || principal.kind !== 'sessionRole') {
      throw failedSignIn('PrincipalDisabled')
    }
    if (session.issuedAt < (principal.tokensValidAfter ?? 0)) throw failedSignIn('SessionRevoked')
    return callerOf({
      ...callerFacts(session.tenant, principal),
      authenticatedAt: session.issuedAt,
      issuer: 'session',
      signingKey: proof.accessKeyId,
      session: session.name,
    })
  }

  async #opened(token: string, view: AccessView): Promise<OpenedSession | undefined> {
    const exists = async (tenant: string): Promise<boolean> =>
      (await view.tenant(tenant)) !== undefined
    return await openSession(this.#ports.seal, token, exists)
  }
}

function callerFacts(
  tenant: string,
  { id, appId, userPrincipalName }: Principal,
): Omit<Caller, 'authenticatedAt' | 'issuer'> {
  return {
    kind: 'principal',
    tenant,
    principal: id,
    ...(appId === undefined ? {} : { appId }),
    ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
    claimedGroups: [],
    foreign: false,
  }
}
