import {
  createPrivateKey,
  type JsonWebKeyInput,
  type KeyObject,
  type PrivateKeyInput,
} from 'node:crypto'
import type { KeySpec } from '../../key-spec.ts'
import type { NewKey } from '../../provider.ts'
import type { CallQueue } from '../call-queue.ts'
import { EvpKey } from '../evp-key.ts'
import { newKey } from '../new-key.ts'
import type { Openssl } from '../openssl.ts'
import { keyInvalid } from './key-invalid.ts'

/** A key as node:crypto reads it. */
type WrittenKey = JsonWebKeyInput | PrivateKeyInput

/** What each kind of key waits in: primes take up to half a second, a point less than a signature. */
export interface CheckQueues {
  readonly rsa: CallQueue
  readonly ec: CallQueue
}

/** Lets OpenSSL look through the numbers of a key, on the thread pool. */
export class PairChecker {
  readonly #openssl: Openssl
  readonly #queues: CheckQueues

  constructor(openssl: Openssl, queues: CheckQueues) {
    this.#openssl = openssl
    this.#queues = queues
  }

  /**
   * The key that these numbers are.
   * @param reason what is wrong when OpenSSL refuses them.
   * @throws Fault KeyInvalid
   */
  async checked(spec: KeySpec, written: WrittenKey, reason: string): Promise<NewKey> {
    const made = newKey(spec, parsed(written, reason))
    const key = EvpKey.fromPrivate(this.#openssl, made.material.reveal())
    const queue = spec.type === 'RSA' ? this.#queues.rsa : this.#queues.ec
    if (key !== undefined && (await isConsistent(key, queue))) return made
    made.material.wipe()
    throw keyInvalid(reason)
  }
}

async function isConsistent(key: EvpKey, queue: CallQueue): Promise<boolean> {
  try {
    return await key.isConsistent(queue)
  } finally {
    key.leave()
  }
}

function parsed(written: WrittenKey, reason: string): KeyObject {
  try {
    return createPrivateKey(written)
  } catch {
    throw keyInvalid(reason)
  }
}
