import type { AccessView } from '../access/access-cache.ts'
import type { Caller } from '../access/caller.ts'
import type { Secret } from '../seal/secret.ts'
import type { Seal } from '../seal/seal.ts'
import { epochSeconds, type Clock } from '../time.ts'
import { callerOf } from './caller-of.ts'
import { failedSignIn } from './failed-sign-in.ts'
import type { Principal } from './principal.ts'
import { openSession } from './session-token.ts'
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

export interface AccessKeyPorts {
  readonly keys: SigningKeys
  readonly seal: Seal
  readonly clock: Clock
  readonly view: () => Promise<AccessView>
}

const SESSION_KEY = /^STS\./

/** Finds out who has signed a request with an access key, or with that of a session. */
export class AccessKeyAuthenticator {
  readonly #ports: AccessKeyPorts

  constructor(ports: AccessKeyPorts) {
    this.#ports = ports
  }

  /** @throws Fault SignInFailed; that something is disabled is told to who has signed alone. */
  async authenticate(proof: AccessKeyProof): Promise<Caller> {
    const { accessKeyId, securityToken = '' } = proof
    const view = proof.view ?? (await this.#ports.view())
    if (securityToken !== '') return this.#bySession(proof, securityToken, view)
    if (SESSION_KEY.test(accessKeyId)) throw failedSignIn('AccessKeyUnknown')
    return this.#byKey(proof, view)
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
    const { seal, clock } = this.#ports
    const exists = async (tenant: string): Promise<boolean> =>
      (await view.tenant(tenant)) !== undefined
    const session = await openSession(seal, token, exists)
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
