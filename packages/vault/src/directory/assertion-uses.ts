import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { failedSignIn } from './failed-sign-in.ts'

const MAXIMUM_ASSERTIONS = 20_000

/**
 * Remembers from where an assertion was used. RFC 7523 §3 would let a server take each one once,
 * but MSAL keeps an assertion for its ten minutes and sends it again with each token request, so
 * that would break every client with a certificate. What is refused is the same assertion from
 * another place: one that was copied on its way. Each process remembers its own; the signature is
 * the wall.
 */
export class AssertionUses {
  readonly #places = new LRUCache<string, string>({ max: MAXIMUM_ASSERTIONS })

  /** @throws Fault SignInFailed AssertionReplayed */
  note(assertion: string, clientAddress: string): void {
    // The signature is left out: an ECDSA signature can be changed into another valid one.
    const name = hash('sha256', assertion.slice(0, assertion.lastIndexOf('.')), 'base64')
    const place = this.#places.get(name)
    if (place !== undefined && place !== clientAddress) throw failedSignIn('AssertionReplayed')
    this.#places.set(name, clientAddress)
  }
}
