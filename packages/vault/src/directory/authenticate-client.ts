import type { AccessView } from '../access/access-cache.ts'
import { isGuid } from '../identifier.ts'
import type { Secret } from '../seal/secret.ts'
import type { Seal } from '../seal/seal.ts'
import type { Store } from '../store/store.ts'
import { epochSeconds, type Clock } from '../time.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { AssertionUses } from './assertion-uses.ts'
import { verifyClientAssertion } from './client-assertion.ts'
import { credentialPrefix, type Credential } from './credential.ts'
import { failedSignIn } from './failed-sign-in.ts'
import { FederatedAssertions } from './federated-assertion.ts'
import type { FetchJson } from './fetch-json.ts'
import type { Principal } from './principal.ts'
import { matchingSecret, readHashKey } from './secret-credential.ts'
import type { SignInMethod } from './token-issuer.ts'
import { readUnverifiedAssertion, textClaim } from './unverified-token.ts'

/** What a client shows at the token endpoint. */
export type ClientProof =
  | { readonly kind: 'secret'; readonly secret: Secret }
  | {
      readonly kind: 'assertion'
      readonly assertion: Secret
      /** The token endpoint under all its names, which the client's own assertion must be for. */
      readonly audiences: readonly string[]
    }

export interface ClientSignIn {
  /** One that exists, in lower case. */
  readonly tenant: string
  readonly clientId: string
  readonly proof: ClientProof
  readonly clientAddress: string
}

/** A principal that has proved who it is, and by which credential. */
export interface SignedIn {
  readonly principal: Principal
  readonly method: SignInMethod
  /** Id of the credential. */
  readonly credential: string
}

export interface SignInPorts {
  readonly store: Store
  readonly seal: Seal
  readonly clock: Clock
  readonly view: () => Promise<AccessView>
  readonly fetchJson: FetchJson
}

/**
 * Stands in for an application that is not there, so that its absence takes as long as a wrong
 * secret.
 */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Checks the credentials of applications. */
export class ClientAuthenticator {
  readonly #ports: SignInPorts
  readonly #uses = new AssertionUses()
  readonly #federated: FederatedAssertions

  constructor(ports: SignInPorts) {
    this.#ports = ports
    this.#federated = new FederatedAssertions(ports.fetchJson, ports.clock)
  }

  /** @throws Fault SignInFailed, with the exact reason, for the audit alone. */
  async authenticate({ tenant, clientId, proof, clientAddress }: ClientSignIn): Promise<SignedIn> {
    const view = await this.#ports.view()
    const principal = isGuid(clientId)
      ? await view.principalOfApplication(tenant, clientId)
      : undefined
    const credentials = await this.#credentialsOf(tenant, principal)
    const signedIn =
      proof.kind === 'secret'
        ? await this.#bySecret(tenant, principal, credentials, proof.secret)
        : await this.#byAssertion(
            principal,
            credentials,
            clientId.toLowerCase(),
            proof,
            clientAddress,
          )
    // Only now: who cannot sign in is not told that the application is disabled.
    if (!signedIn.principal.enabled) throw failedSignIn('ApplicationDisabled')
    return signedIn
  }

  async #bySecret(
    tenant: string,
    principal: Principal | undefined,
    credentials: readonly Credential[],
    secret: Secret,
  ): Promise<SignedIn> {
    const hashKey = await readHashKey(new UnitOfWork(this.#ports.store, this.#ports.seal), tenant)
    const found = matchingSecret(hashKey, credentials, secret)
    if (principal === undefined) throw failedSignIn('UnknownApplication')
    // The secret of a managed identity is good on this machine alone, through the identity
    // endpoint.
    if (principal.kind !== 'application') throw failedSignIn('NoMatchingCredential')
    if (found === undefined) throw failedSignIn('SecretWrong')
    if (found.expiresAt !== undefined && found.expiresAt <= epochSeconds(this.#ports.clock)) {
      throw failedSignIn('SecretExpired')
    }
    return { principal, method: 'secret', credential: found.id }
  }

  async #byAssertion(
    principal: Principal | undefined,
    credentials: readonly Credential[],
    clientId: string,
    { assertion, audiences }: Extract<ClientProof, { kind: 'assertion' }>,
    clientAddress: string,
  ): Promise<SignedIn> {
    const text = Buffer.from(assertion.reveal()).toString('utf8')
    const unverified = readUnverifiedAssertion(text)
    if (principal === undefined) throw failedSignIn('UnknownApplication')
    if (unverified === undefined) throw failedSignIn('AssertionMalformed')
    // Only the client itself issues assertions under its own id; all others come from elsewhere.
    if (textClaim(unverified.payload, 'iss')?.toLowerCase() !== clientId) {
      const { id } = await this.#federated.verify(text, unverified, credentials)
      return { principal, method: 'federated', credential: id }
    }
    const now = epochSeconds(this.#ports.clock)
    const { id } = await verifyClientAssertion(
      { clientId, text, unverified, audiences },
      credentials,
      now,
    )
    this.#uses.note(text, clientAddress)
    return { principal, method: 'certificate', credential: id }
  }

  async #credentialsOf(
    tenant: string,
    principal: Principal | undefined,
  ): Promise<readonly Credential[]> {
    const unit = new UnitOfWork(this.#ports.store, this.#ports.seal)
    const listed = await unit.listAll<Credential>(credentialPrefix(tenant, principal?.id ?? NOBODY))
    return listed.map(({ content }) => content.meta)
  }
}
