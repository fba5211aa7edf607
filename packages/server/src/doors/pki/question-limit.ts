import { addressGroup, RateLimit, type Clock } from '@claviger/vault'
import { PkiRefusal } from './pki-refusal.ts'

const MAXIMUM_CLIENTS = 20_000

/** What is not in the cache is signed and audited: so many at once, and then ten a second. */
const QUESTIONS = { burst: 600, perSecond: 10, maximumNames: MAXIMUM_CLIENTS }
/** Serials and authorities that do not exist cannot run out, so there are fewer of them. */
const UNKNOWNS = { burst: 60, perSecond: 1, maximumNames: MAXIMUM_CLIENTS }

/** Limits how often a client may ask what costs an entry of the audit, in each process by itself. */
export class QuestionLimit {
  readonly #questions: RateLimit
  readonly #unknowns: RateLimit

  constructor(clock: Clock) {
    this.#questions = new RateLimit(QUESTIONS, clock)
    this.#unknowns = new RateLimit(UNKNOWNS, clock)
  }

  /**
   * Counts a question. The caller says with `unknown` when there was no answer to it.
   * @throws PkiRefusal 429
   */
  take(clientAddress: string): { readonly unknown: () => void } {
    const client = addressGroup(clientAddress)
    const seconds = this.#unknowns.wait(client) || this.#questions.take(client)
    if (seconds > 0) {
      throw new PkiRefusal(429, `Too many questions. Ask again in ${seconds} s.`, {
        'retry-after': String(seconds),
      })
    }
    return { unknown: () => void this.#unknowns.take(client) }
  }
}
