import type { AccessView } from '../access/access-cache.ts'
import type { Caller } from '../access/caller.ts'
import type { RequestFacts } from '../audit/entry.ts'
import { SignInLog, type SignInEvent } from '../audit/sign-in-log.ts'
import { Fault, isFault } from '../fault.ts'
import { isGuid } from '../identifier.ts'
import { epochSeconds } from '../time.ts'
import {
  ClientAuthenticator,
  type ClientProof,
  type SignedIn,
  type SignInPorts,
} from './authenticate-client.ts'
import {
  IdentityAuthenticator,
  type IdentityChoice,
  type IdentityProof,
} from './authenticate-identity.ts'
import {
  TokenAuthenticator,
  type TokenAuthenticatorSettings,
  type TokenPurpose,
} from './authenticate-token.ts'
import { Devices } from './devices.ts'
import { IssuerKeys, type LoadedIssuerKey } from './issuer-keys.ts'
import { managedIdentityResourceId } from './managed-identity.ts'
import { People } from './people.ts'
import { SignedRequests } from './signed-requests.ts'
import { SignInLimit } from './sign-in-limit.ts'
import type { Tenant } from './tenant.ts'
import { TokenIssuer, type IssuedToken, type TokenIssuerSettings } from './token-issuer.ts'
import { UserTokenService } from './user-tokens.ts'

export type IdentitySettings = TokenAuthenticatorSettings & TokenIssuerSettings

/** A client's wish for a token. */
export interface ClientGrant {
  readonly tenant: Tenant
  readonly clientId: string
  readonly proof: ClientProof
  /** The resource, already known to be one of ours. */
  readonly audience: string
}

/** A program's wish for a token of a managed identity. */
export interface IdentityGrant {
  readonly tenant: Tenant
  readonly proof: IdentityProof
  readonly choice: IdentityChoice
  readonly audience: string
}

/** What a token is shown for, and what the audit calls it. */
export interface TokenUse extends TokenPurpose {
  /** The resource id of the vault. */
  readonly scope: string
}

/**
 * Everything about signing in: tokens given for credentials, and callers for tokens. Each outcome
 * but a good token is in the audit before it is answered; a good token shows in the entry of the
 * operation it was used for.
 */
export class Identity {
  /** Callers for requests that carry no token and are signed instead. */
  readonly signedRequests: SignedRequests
  /** People, and what programs get because one has signed in to them. */
  readonly people: People
  readonly userTokens: UserTokenService
  readonly devices: Devices
  readonly #ports: SignInPorts
  readonly #keys: IssuerKeys
  readonly #clients: ClientAuthenticator
  readonly #identities: IdentityAuthenticator
  readonly #tokens: TokenAuthenticator
  readonly #issuer: TokenIssuer
  readonly #limit: SignInLimit
  readonly #log: SignInLog

  constructor(ports: SignInPorts, settings: IdentitySettings) {
    this.#ports = ports
    this.#keys = new IssuerKeys(ports.store, ports.seal)
    this.#clients = new ClientAuthenticator(ports)
    this.#identities = new IdentityAuthenticator(ports)
    this.#tokens = new TokenAuthenticator({ ...ports, keys: this.#keys }, settings)
    this.#issuer = new TokenIssuer(this.#keys, ports.clock, settings)
    this.#limit = new SignInLimit(ports.clock)
    this.#log = new SignInLog(ports.store, ports.clock)
    this.signedRequests = new SignedRequests(ports, this.#log)
    this.people = new People(ports, this.#limit, this.#log)
    const parts = [this.people, this.#issuer, this.#limit, this.#log] as const
    this.userTokens = new UserTokenService(ports, ...parts)
    this.devices = new Devices(ports, this.people, this.#limit, this.#log)
  }

  /** @throws Fault SignInFailed, TooManyRequests, AuditUnavailable */
  async grantToClient(
    { tenant, clientId, proof, audience }: ClientGrant,
    request: RequestFacts,
  ): Promise<IssuedToken> {
    const event = this.#event(tenant.id, clientId)
    const { clientAddress } = request
    const signedIn = await this.#recorded(event, request, () =>
      this.#limit.guard(clientAddress, clientId.toLowerCase(), () =>
        this.#clients.authenticate({ tenant: tenant.id, clientId, proof, clientAddress }),
      ),
    )
    return this.#issue(tenant, signedIn, audience, event, request)
  }

  /**
   * Not limited: one program on this machine that fails could keep the tokens from all others, and
   * nobody guesses 320 bits.
   * @throws Fault SignInFailed, AuditUnavailable
   */
  async grantToIdentity(
    { tenant, proof, choice, audience }: IdentityGrant,
    request: RequestFacts,
  ): Promise<IssuedToken> {
    const event = this.#event(tenant.id, choice.clientId ?? '')
    const signedIn = await this.#recorded(event, request, () =>
      this.#identities.authenticate(tenant, proof, choice),
    )
    return this.#issue(tenant, signedIn, audience, event, request)
  }

  /** @param request for the audit, of a refusal alone. @throws Fault TokenInvalid, AuditUnavailable */
  async callerOf(token: string, use: TokenUse, request: () => RequestFacts): Promise<Caller> {
    const startedAt = this.#ports.clock.now()
    try {
      return await this.#tokens.authenticate(token, use)
    } catch (thrown) {
      const event = { tenant: use.tenant, scope: use.scope, id: 'token', startedAt }
      await this.#record(thrown, event, request())
      throw thrown
    }
  }

  /**
   * Has a program prove itself that keeps a secret, before it gets anything for a person.
   * @throws Fault SignInFailed, TooManyRequests, AuditUnavailable
   */
  async proveClient(
    { tenant, clientId, proof }: Omit<ClientGrant, 'audience'>,
    request: RequestFacts,
  ): Promise<void> {
    const { clientAddress } = request
    await this.#recorded(this.#event(tenant.id, clientId), request, () =>
      this.#limit.guard(clientAddress, clientId.toLowerCase(), () =>
        this.#clients.authenticate({ tenant: tenant.id, clientId, proof, clientAddress }),
      ),
    )
  }

  /** The public keys that the tenant's tokens can be verified with. */
  async publishedKeys(
    tenant: Tenant,
  ): Promise<readonly Pick<LoadedIssuerKey, 'kid' | 'publicJwk'>[]> {
    const view = await this.#ports.view()
    const keys = await this.#keys.of(tenant.id, view.epoch)
    return keys
      .published(epochSeconds(this.#ports.clock))
      .map(({ kid, publicJwk }) => ({ kid, publicJwk }))
  }

  /** The directory as of this instant. */
  view(): Promise<AccessView> {
    return this.#ports.view()
  }

  /** Writes down what the audit has only counted; to be called now and then, and at the end. */
  async flush(): Promise<void> {
    await this.#log.flush()
  }

  async #issue(
    tenant: Tenant,
    { principal, method, credential }: SignedIn,
    audience: string,
    event: SignInEvent,
    request: RequestFacts,
  ): Promise<IssuedToken> {
    const token = await this.#issuer.issue(
      {
        tenant: tenant.id,
        principal,
        audience,
        method,
        // Key Vault takes v1 tokens, so Entra issues those for it at every endpoint.
        version: 'v1',
        asOf: Math.floor(event.startedAt / 1000),
        ...(principal.kind === 'managedIdentity'
          ? { resourceId: managedIdentityResourceId(tenant, principal) }
          : {}),
      },
      await this.#ports.view(),
    )
    const { appId } = token
    await this.#log.succeeded(
      { ...event, id: `applications/${appId}`, principal: principal.id, appId, credential },
      request,
    )
    return token
  }

  async #recorded<Result>(
    event: SignInEvent,
    request: RequestFacts,
    run: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await run()
    } catch (thrown) {
      await this.#record(thrown, event, request)
      throw thrown
    }
  }

  async #record(thrown: unknown, event: SignInEvent, request: RequestFacts): Promise<void> {
    if (isFault(thrown, 'TooManyRequests')) this.#log.suppress(request.clientAddress)
    else if (isRefusal(thrown)) await this.#log.failed(event, request, thrown)
  }

  #event(tenant: string, clientId: string): SignInEvent {
    const startedAt = this.#ports.clock.now()
    if (!isGuid(clientId)) return { tenant, scope: '/', id: 'applications', startedAt }
    const appId = clientId.toLowerCase()
    return { tenant, scope: '/', id: `applications/${appId}`, appId, startedAt }
  }
}

/** A store that fails is no refusal, and could not keep the entry either. */
function isRefusal(thrown: unknown): boolean {
  return (
    thrown instanceof Fault && (thrown.code === 'SignInFailed' || thrown.code === 'TokenInvalid')
  )
}
