import { CallQueue } from '../../crypto/software/call-queue.ts'
import { poolCall } from '../../crypto/software/pool-call.ts'
import { Fault } from '../../fault.ts'
import type { OnPool } from './openssl-pkcs12.ts'

/**
 * All that one file may ask for. NSS writes 600,000 each for its seal, its certificates and its key,
 * and an empty password is tried in two forms; other tools write 2,000 to 100,000 for each.
 */
const MAXIMUM_ITERATIONS = 2_400_000
/** Some ten milliseconds, which cost less here than the way to a thread and back. */
const MAXIMUM_ITERATIONS_HERE = 50_000
const MOST_WAITING = 16

// One thread of the pool at most: the others have signatures to make.
const queue = new CallQueue(1, MOST_WAITING)

/** Counts what a file asks for before it is computed, and computes what is long on the thread pool. */
export class Pkcs12Effort {
  #iterations = 0

  /**
   * @param iterations `undefined` for an algorithm that is not known.
   * @throws Fault CertificateUnreadable before too much is computed; TooManyRequests when too many
   *   files wait already.
   */
  async call<Arguments extends readonly unknown[], Result>(
    iterations: number | undefined,
    call: OnPool<Arguments, Result>,
    ...given: Arguments
  ): Promise<Result> {
    if (iterations === undefined) {
      throw unreadable('it is enciphered in a way that is not read; export it with AES-256 and PBKDF2')
    }
    this.#iterations += iterations
    if (this.#iterations > MAXIMUM_ITERATIONS) {
      const limit = MAXIMUM_ITERATIONS.toLocaleString('en')
      throw unreadable(
        `it asks for more than ${limit} iterations in all; export it with fewer, such as 10,000`,
      )
    }
    if (this.#iterations <= MAXIMUM_ITERATIONS_HERE) return call(...given)
    return await queue.run(() => poolCall(given, (done) => call.async(...given, done)))
  }
}

function unreadable(reason: string): Fault<'CertificateUnreadable'> {
  return new Fault('CertificateUnreadable', { format: 'pkcs12', reason })
}
