import { hash } from 'node:crypto'
import type { AccessView } from '../access/access-cache.ts'
import type { Caller } from '../access/caller.ts'
import type { RequestFacts } from '../audit/entry.ts'
import type { SignInEvent, SignInLog } from '../audit/sign-in-log.ts'
import { isFault } from '../fault.ts'
import type { Secret } from '../seal/secret.ts'
import { epochSeconds, type EpochSeconds } from '../time.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { callerOfSession } from './authenticate-session.ts'
import type { SignInPorts } from './authenticate-client.ts'
import {
  userByExternalIdentity,
  userByPasskey,
  userByPassword,
  userNamed,
  userWithId,
  type PasskeyProof,
  type SignedInUser,
} from './authenticate-user.ts'
import { clientApplication, type ClientApplication } from './client-application.ts'
import { credentialKey, type Credential } from './credential.ts'
import { normalName } from './directory-index.ts'
import { ExpiredTickets } from './expired-tickets.ts'
import type { ExternalIdentity } from './external-identity.ts'
import { failedSignIn } from './failed-sign-in.ts'
import { passwordCheck, type PasswordCheck } from './password-hash.ts'
import { putExternalUser, type ExternalUser } from './put-external-user.ts'
import { committed } from './sign-in-commit.ts'
import { openChallenge, sealChallenge, type Challenge } from './sign-in-challenge.ts'
import type { SignInLimit } from './sign-in-limit.ts'
import {
  authenticationOf,
  deleteSession,
  putSession,
  readSession,
  type SignInSession,
} from './sign-in-session.ts'
import type { Tenant } from './tenant.ts'

/** What a person shows at the sign-in page. */
export type UserProof =
  | { readonly kind: 'password'; readonly userName: string; readonly password: Secret }
  | {
      readonly kind: 'passkey'
      readonly passkey: PasskeyProof
      readonly challenge: string
      readonly binding: string
    }
  | {
      readonly kind: 'external'
      readonly identity: ExternalIdentity
      /** Makes the user when it is not known yet. */
      readonly make?: ExternalUser
    }

/** What the sign-in page asks a passkey for. */
export const PASSKEY_SIGN_IN = 'passkey sign-in'

/** People at the login host: their sessions, and what their browsers are handed. */
export class People {
  readonly #ports: SignInPorts
  readonly #limit: SignInLimit
  readonly #log: SignInLog
  readonly #expired: ExpiredTickets
  /** Challenges that were made before are not taken: what they were claimed for is forgotten. */
  readonly #since: EpochSeconds

  constructor(ports: SignInPorts, limit: SignInLimit, log: SignInLog) {
    this.#ports = ports
    this.#limit = limit
    this.#log = log
    this.#expired = new ExpiredTickets(ports)
    this.#since = epochSeconds(ports.clock)
  }

  /**
   * Signs a person in; gives the ticket of the session that begins.
   * @throws Fault SignInFailed, TooManyRequests, AuditUnavailable
   */
  async signIn(tenant: Tenant, proof: UserProof, request: RequestFacts): Promise<string> {
    const id = (): Promise<string> => this.#idOf(tenant.id, proof)
    const check = passwordCheck()
    const ticket = await this.audited(tenant.id, id, request, (event) =>
      this.#limit.guard(request.clientAddress, limitName(tenant, proof), () =>
        committed(this.#ports, async (unit) => {
          const claims = await this.#claimsOf(tenant.id, proof)
          const signedIn = await this.#authenticate(unit, tenant.id, proof, check)
          const now = epochSeconds(this.#ports.clock)
          const authentication = authenticationOf(signedIn, now)
          const result = putSession(unit, tenant.id, authentication, now)
          const { user, credential } = signedIn
          const done = { ...event, id: `users/${user.id}`, principal: user.id, credential }
          return { result, audit: [this.#log.successEntry(done, request)], claims }
        }),
      ),
    )
    await this.#expired.forget(tenant.id, 'sign-in-session', epochSeconds(this.#ports.clock))
    return ticket
  }

  /** The session whose ticket a browser has; `undefined` when there is none that is still good. */
  async session(tenant: Tenant, ticket: string): Promise<SignInSession | undefined> {
    const { store, seal, clock } = this.#ports
    const unit = new UnitOfWork(store, seal)
    try {
      const view = await this.#ports.view()
      return await readSession(unit, view, tenant.id, ticket, epochSeconds(clock))
    } catch (thrown) {
      if (isFault(thrown, 'SignInFailed')) return undefined
      throw thrown
    }
  }

  /** Ends the session of a browser. */
  async signOut(tenant: Tenant, ticket: string, request: RequestFacts): Promise<void> {
    const session = await this.session(tenant, ticket)
    if (session === undefined) return
    await committed(this.#ports, async (unit) => {
      await deleteSession(unit, tenant.id, ticket)
      const id = `users/${session.user}/signOut`
      const event = { ...this.#event(tenant.id, id), principal: session.user }
      return { result: undefined, audit: [this.#log.successEntry(event, request)] }
    })
  }

  /** Who changes its own account in a session. */
  callerOf(tenant: Tenant, session: SignInSession): Caller {
    return callerOfSession(tenant.id, session)
  }

  /** Runs what a person may get wrong, unless it has been wrong too often. */
  async limited<Result>(
    session: SignInSession,
    request: RequestFacts,
    run: () => Promise<Result>,
  ): Promise<Result> {
    return await this.#limit.guard(request.clientAddress, session.user, run)
  }

  /** The program that a client id names. @throws Fault SignInFailed UnknownApplication */
  async client(tenant: Tenant, clientId: string): Promise<ClientApplication> {
    const { store, seal } = this.#ports
    const unit = new UnitOfWork(store, seal)
    const found = await clientApplication(unit, await this.#ports.view(), tenant.id, clientId)
    if (found === undefined) throw failedSignIn('UnknownApplication')
    return found
  }

  /** Something for a page to hand out and get back. @param data comes back with it. */
  async challenge(tenant: Tenant, challenge: Challenge, data?: string): Promise<string> {
    const { seal, clock } = this.#ports
    return await sealChallenge(seal, tenant.id, challenge, epochSeconds(clock), data)
  }

  /** Looks at what came back; it counts once when its claim is made. */
  async openChallenge(
    tenant: Tenant,
    text: string,
    challenge: Challenge,
  ): Promise<{ readonly claim: string; readonly data: string | undefined }> {
    const { seal, clock } = this.#ports
    const times = { now: epochSeconds(clock), since: this.#since }
    return await openChallenge(seal, tenant.id, text, challenge, times)
  }

  /** Directory and access as of this instant. */
  view(): Promise<AccessView> {
    return this.#ports.view()
  }

  /**
   * Runs a step of a sign-in; a refusal of it is in the audit before it is answered.
   * @param id what it is about, in the words of the audit; found out for a refusal alone.
   */
  async audited<Result>(
    tenant: string,
    id: () => Promise<string>,
    request: RequestFacts,
    run: (event: SignInEvent) => Promise<Result>,
  ): Promise<Result> {
    const event = this.#event(tenant, '')
    try {
      return await run(event)
    } catch (thrown) {
      const refusal = isFault(thrown, 'RequestReplayed') ? failedSignIn('ChallengeWrong') : thrown
      if (isFault(refusal, 'TooManyRequests')) this.#log.suppress(request.clientAddress)
      else if (isFault(refusal, 'SignInFailed')) {
        await this.#log.failed({ ...event, id: await id() }, request, refusal)
      }
      throw refusal
    }
  }

  #event(tenant: string, id: string): SignInEvent {
    return { tenant, scope: '/', id, startedAt: this.#ports.clock.now() }
  }

  /** Whose sign-in has failed. A name that nobody has is not told: it may be somebody's password. */
  async #idOf(tenant: string, proof: UserProof): Promise<string> {
    const unit = new UnitOfWork(this.#ports.store, this.#ports.seal)
    const user =
      proof.kind === 'password'
        ? await userNamed(unit, tenant, proof.userName)
        : proof.kind === 'passkey'
          ? await userWithId(unit, tenant, proof.passkey.user)
          : undefined
    return user === undefined ? 'users' : `users/${user.id}`
  }

  async #claimsOf(tenant: string, proof: UserProof): Promise<readonly string[]> {
    if (proof.kind !== 'passkey') return []
    const { seal, clock } = this.#ports
    const { challenge, binding } = proof
    const times = { now: epochSeconds(clock), since: this.#since }
    const wanted = { purpose: PASSKEY_SIGN_IN, binding }
    return [(await openChallenge(seal, tenant, challenge, wanted, times)).claim]
  }

  async #authenticate(
    unit: UnitOfWork,
    tenant: string,
    proof: UserProof,
    check: PasswordCheck,
  ): Promise<SignedInUser> {
    switch (proof.kind) {
      case 'password':
        return await userByPassword(unit, tenant, proof, check)
      case 'passkey': {
        const signedIn = await userByPasskey(unit, tenant, proof.passkey)
        const { user, passkey } = signedIn
        const key = credentialKey(tenant, user.id, passkey.id)
        await unit.get(key)
        unit.put<Credential>(key, { meta: passkey })
        return signedIn
      }
      case 'external': {
        const known = await userByExternalIdentity(unit, tenant, proof.identity)
        if (known !== undefined) return known
        if (proof.make === undefined) throw failedSignIn('ExternalIdentityUnknown')
        const now = epochSeconds(this.#ports.clock)
        return await putExternalUser(unit, tenant, proof.identity, proof.make, now)
      }
    }
  }
}

/** A name of bounded length that says nothing: people type passwords where user names belong. */
function limitName({ id }: Tenant, proof: UserProof): string {
  const name =
    proof.kind === 'password'
      ? normalName(proof.userName.slice(0, 1024))
      : proof.kind === 'passkey'
        ? proof.passkey.user.slice(0, 64)
        : JSON.stringify(proof.identity)
  return hash('sha256', `${id} ${name}`, 'hex').slice(0, 40)
}
