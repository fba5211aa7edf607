import { X509Certificate, type KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { AccessView, PrincipalAccess } from '../access/access-cache.ts'
import type { Caller } from '../access/caller.ts'
import { inNetworks } from '../access/network.ts'
import { epochSeconds, type Clock } from '../time.ts'
import { callerOf } from './caller-of.ts'
import type { ClientKeyCredential } from './credential.ts'
import { failedSignIn } from './failed-sign-in.ts'
import type { SigningKeys } from './signing-keys.ts'

/** What a request shows that was signed with a client key. */
export interface ClientKeyProof {
  readonly clientKeyId: string
  readonly clientAddress: string
  /** Directory and access as the door has seen them for this request; read anew when absent. */
  readonly view?: AccessView
  /** Tells whether the request was signed with the private half of this key. */
  verify(publicKey: KeyObject): boolean
}

export interface ClientKeyPorts {
  readonly keys: SigningKeys
  readonly clock: Clock
  readonly view: () => Promise<AccessView>
}

const MAXIMUM_KEYS = 10_000

/** Finds out which access point has signed a request with one of its client keys. */
export class ClientKeyAuthenticator {
  readonly #ports: ClientKeyPorts
  /** By id: a certificate never changes, and parsing one costs as much as verifying a signature. */
  readonly #publicKeys = new LRUCache<string, KeyObject>({ max: MAXIMUM_KEYS })

  constructor(ports: ClientKeyPorts) {
    this.#ports = ports
  }

  /**
   * @throws Fault SignInFailed; why a key or its place is not accepted is told to who has signed
   *   alone.
   */
  async authenticate(proof: ClientKeyProof): Promise<Caller> {
    const view = proof.view ?? (await this.#ports.view())
    const found = await this.#ports.keys.find(proof.clientKeyId, view.epoch)
    if (found?.credential.kind !== 'clientKey') throw failedSignIn('ClientKeyUnknown')
    const { tenant, credential } = found
    if (!proof.verify(this.#publicKeyOf(credential))) throw failedSignIn('RequestSignatureWrong')
    if (!credential.enabled) throw failedSignIn('ClientKeyDisabled')
    const now = epochSeconds(this.#ports.clock)
    if (now < credential.notBefore) throw failedSignIn('ClientKeyNotYetValid')
    if (now >= credential.expiresAt) throw failedSignIn('ClientKeyExpired')
    const access = await view.principalAccess(tenant, found.principal, [])
    if (access.principal?.enabled !== true) throw failedSignIn('PrincipalDisabled')
    if (!admits(access, proof.clientAddress)) throw failedSignIn('ClientAddressNotAllowed')
    return callerOf({
      kind: 'principal',
      tenant,
      principal: access.principal.id,
      claimedGroups: [],
      // Proved by this very request, so a revocation of earlier tokens does not concern it.
      authenticatedAt: now + 1,
      foreign: false,
      issuer: 'client key',
      signingKey: credential.clientKeyId,
    })
  }

  #publicKeyOf({ id, certificate }: ClientKeyCredential): KeyObject {
    const known = this.#publicKeys.get(id)
    if (known !== undefined) return known
    const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
    this.#publicKeys.set(id, publicKey)
    return publicKey
  }
}

/**
 * Whether anything at all is granted at this address; each decision looks again at its own grant.
 * Who was granted nothing yet is not turned away here: the decision says what is missing.
 */
function admits({ assignments }: PrincipalAccess, clientAddress: string): boolean {
  const grants = [...assignments]
  return (
    grants.length === 0 ||
    grants.some(({ networks }) => networks === undefined || inNetworks(networks, clientAddress))
  )
}
