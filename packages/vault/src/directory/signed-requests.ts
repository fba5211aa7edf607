import type { AccessView } from '../access/access-cache.ts'
import type { Caller } from '../access/caller.ts'
import type { RequestFacts } from '../audit/entry.ts'
import type { SignInLog } from '../audit/sign-in-log.ts'
import { isFault } from '../fault.ts'
import { AccessKeyAuthenticator, type AccessKeyProof, type KeyOwner } from './authenticate-access-key.ts'
import type { SignInPorts } from './authenticate-client.ts'
import { ClientKeyAuthenticator, type ClientKeyProof } from './authenticate-client-key.ts'
import { isSessionKeyId } from './session-token.ts'
import { isSigningKeyId } from './signing-key-index.ts'
import { SigningKeys } from './signing-keys.ts'

/** What a request says of who has signed it. */
interface Named {
  readonly keyId: string
  /** As the audit calls its kind. */
  readonly what: string
  readonly whose: (view: AccessView) => Promise<KeyOwner | undefined>
}

/**
 * Callers for requests that are signed each by itself. A good signature shows in the entry of the
 * operation it was used for; each refusal is in the audit before it is answered. Tries are not
 * limited, because nobody guesses 178 bits; the log keeps so many failures of one address alone.
 */
export class SignedRequests {
  readonly #ports: Pick<SignInPorts, 'view' | 'clock'>
  readonly #log: SignInLog
  readonly #keys: SigningKeys
  readonly #accessKeys: AccessKeyAuthenticator
  readonly #clientKeys: ClientKeyAuthenticator

  constructor(ports: Omit<SignInPorts, 'fetchJson'>, log: SignInLog) {
    this.#ports = ports
    this.#log = log
    this.#keys = new SigningKeys(ports.store, ports.seal)
    this.#accessKeys = new AccessKeyAuthenticator({ ...ports, keys: this.#keys })
    this.#clientKeys = new ClientKeyAuthenticator({ ...ports, keys: this.#keys })
  }

  /**
   * Who has signed a request with an access key, or with that of a session.
   * @param request for the audit, of a refusal alone.
   * @throws Fault SignInFailed with the exact reason, AuditUnavailable
   */
  callerOfAccessKey(proof: AccessKeyProof, request: () => RequestFacts): Promise<Caller> {
    const named = {
      keyId: proof.accessKeyId,
      what: 'accessKeys',
      whose: (view: AccessView) => this.#accessKeys.whose(proof, view),
    }
    return this.#recorded(named, request, () => this.#accessKeys.authenticate(proof))
  }

  /**
   * Which access point has signed a request with a client key.
   * @param request for the audit, of a refusal alone.
   * @throws Fault SignInFailed with the exact reason, AuditUnavailable
   */
  callerOfClientKey(proof: ClientKeyProof, request: () => RequestFacts): Promise<Caller> {
    const { clientKeyId: keyId } = proof
    const named = {
      keyId,
      what: 'clientKeys',
      whose: ({ epoch }: AccessView) => this.#keys.find(keyId, epoch),
    }
    return this.#recorded(named, request, () => this.#clientKeys.authenticate(proof))
  }

  async #recorded(
    { keyId, what, whose }: Named,
    request: () => RequestFacts,
    authenticate: () => Promise<Caller>,
  ): Promise<Caller> {
    const startedAt = this.#ports.clock.now()
    try {
      return await authenticate()
    } catch (thrown) {
      // A store that fails is no refusal, and could not keep the entry either.
      if (!isFault(thrown, 'SignInFailed')) throw thrown
      // Only an id of our form: clients have been seen to send their secret in its place.
      const isId = isSigningKeyId(keyId) || isSessionKeyId(keyId)
      const id = isId ? `${what}/${keyId}` : what
      const known = await whose(await this.#ports.view())
      const owner = known && { tenant: known.tenant, principal: known.principal }
      const event = { tenant: '', scope: '/', id, startedAt, ...owner }
      await this.#log.failed(event, request(), thrown)
      throw thrown
    }
  }
}
