import { AcmeFailure } from './acme-failure.ts'
import { AcmeObject } from './acme-object.ts'
import { acmeProblem } from './acme-problem.ts'
import type { AcmeRequest, AcmeResponse, AcmeTransport } from './acme-transport.ts'

/** An order of a hundred names needs some four hundred; what needs more goes in circles. */
const MOST_REQUESTS = 1_000
/** A nonce may have grown old; that often in a row a request is signed anew (RFC 8555 §6.5). */
const NONCE_ATTEMPTS = 5
/** Longer pauses than this a server may wish, but an order has ten minutes. */
const LONGEST_WISH_MILLISECONDS = 60_000

/**
 * What is asked for one order, one request after the other. Refusals end here as failures in words,
 * because the library keeps of a problem document (RFC 8555 §6.7) only its `detail`.
 */
export class AcmeExchange {
  readonly #transport: AcmeTransport
  #requests = 0
  #refusedNonces = 0
  #nonce: string | undefined
  #wish = 0

  constructor(transport: AcmeTransport) {
    this.#transport = transport
  }

  /** Milliseconds for which the server wished, in its last answer, not to be asked; else 0. */
  get wish(): number {
    return this.#wish
  }

  /** The order is given up. */
  get isOver(): boolean {
    return this.#transport.isOver
  }

  /**
   * Gives answers of status 2xx, and refusals of a nonce: those the library answers itself.
   * @throws AcmeFailure for any other.
   */
  async request(request: AcmeRequest): Promise<AcmeResponse> {
    if (++this.#requests > MOST_REQUESTS) {
      const message = 'The ACME server does not come to an end with the order.'
      throw new AcmeFailure(message, { mayPass: true })
    }
    const kept = this.#keptNonce(request)
    if (kept !== undefined) return kept
    const response = await this.#transport.request(request)
    const { status, headers, body } = response
    if (status < 200 || status > 299) {
      const failure = acmeProblem(AcmeObject.parse(body), status)
      if (failure.type !== 'badNonce' || ++this.#refusedNonces >= NONCE_ATTEMPTS) throw failure
      return response
    }
    if (request.method === 'POST') {
      this.#refusedNonces = 0
      this.#nonce = headers.get('replay-nonce') ?? undefined
      this.#wish = wishOf(headers.get('retry-after'))
    }
    return response
  }

  /**
   * The library asks for a nonce before each request, though the answer before has brought one:
   * without this an order would take twice as many requests, and authorities count them.
   */
  #keptNonce({ method }: AcmeRequest): AcmeResponse | undefined {
    const nonce = this.#nonce
    if (method !== 'HEAD' || nonce === undefined) return undefined
    this.#nonce = undefined
    return { status: 200, headers: new Headers({ 'replay-nonce': nonce }), body: new Uint8Array() }
  }
}

/** Milliseconds. A wish with a date is left to our own pauses. */
function wishOf(retryAfter: string | null): number {
  if (!/^\d{1,6}$/.test(retryAfter ?? '')) return 0
  return Math.min(Number(retryAfter) * 1000, LONGEST_WISH_MILLISECONDS)
}
