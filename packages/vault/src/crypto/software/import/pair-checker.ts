import { createPrivateKey, type JsonWebKeyInput, type KeyObject } from 'node:crypto'
import type { KeySpec } from '../../key-spec.ts'
import type { NewKey } from '../../provider.ts'
import type { CallQueue } from '../call-queue.ts'
import { EvpKey } from '../evp-key.ts'
import { newKey } from '../new-key.ts'
import type { Openssl } from '../openssl.ts'
import { keyInvalid } from './key-invalid.ts'

type Jwk = JsonWebKeyInput['key']

/** Lets OpenSSL look through the numbers of a key, on the thread pool. */
export class PairChecker {
  readonly #openssl: Openssl
  readonly #queue: CallQueue

  constructor(openssl: Openssl, queue: CallQueue) {
    this.#openssl = openssl
    this.#queue = queue
  }

  /**
   * The key that these numbers are.
   * @param reason what is wrong when OpenSSL refuses them.
   * @throws Fault KeyInvalid
   */
  async checked(spec: KeySpec, jwk: Jwk, reason: string): Promise<NewKey> {
    const made = newKey(spec, parsed(jwk, reason))
    const key = EvpKey.fromPrivate(this.#openssl, made.material.reveal())
    if (key !== undefined && (await this.#isConsistent(key))) return made
    made.material.wipe()
    throw keyInvalid(reason)
  }

  async #isConsistent(key: EvpKey): Promise<boolean> {
    try {
      return await key.isConsistent(this.#queue)
    } finally {
      key.leave()
    }
  }
}

function parsed(jwk: Jwk, reason: string): KeyObject {
  try {
    return createPrivateKey({ key: jwk, format: 'jwk' })
  } catch {
    throw keyInvalid(reason)
  }
}
