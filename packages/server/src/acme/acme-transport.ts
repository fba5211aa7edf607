import { PRODUCT_VERSION } from '../product-version.ts'
import { AcmeFailure } from './acme-failure.ts'

/** What an ACME server has answered, whole. */
export interface AcmeResponse {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array
}

export interface AcmeRequest {
  readonly method: string
  readonly url: string
  /** JSON of a JWS. */
  readonly body?: string
}

export interface AcmeTransportOptions {
  /** The runtime's `fetch`; tests give their own. */
  readonly send?: typeof fetch
  /** Gives up everything that is under way. */
  readonly signal: AbortSignal
}

const TIMEOUT_MILLISECONDS = 30_000
/** The longest chain of certificates has some 10 KB. */
const LARGEST_BYTES = 1_048_576

/**
 * Asks an ACME server: https alone, no redirects, with limits of time and size, so that a server
 * that was trusted with orders cannot send us elsewhere or hold us up.
 */
export class AcmeTransport {
  readonly #send: typeof fetch
  readonly #signal: AbortSignal

  constructor({ send = fetch, signal }: AcmeTransportOptions) {
    this.#send = send
    this.#signal = signal
  }

  /** All is given up. */
  get isOver(): boolean {
    return this.#signal.aborted
  }

  /** @throws AcmeFailure when there is no answer; the signal's reason when all is given up. */
  async request({ method, url: text, body }: AcmeRequest): Promise<AcmeResponse> {
    const url = httpsUrl(text)
    const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(TIMEOUT_MILLISECONDS)])
    try {
      const response = await this.#send(url, {
        method,
        redirect: 'manual',
        signal,
        headers: {
          // RFC 8555 §6.1 demands it.
          'User-Agent': `claviger/${PRODUCT_VERSION}`,
          'Accept-Language': 'en',
          Accept: 'application/json, application/pem-certificate-chain',
          ...(body === undefined ? {} : { 'Content-Type': 'application/jose+json' }),
        },
        ...(body === undefined ? {} : { body }),
      })
      const { status, headers } = response
      return { status, headers, body: await readBounded(response) }
    } catch (thrown) {
      this.#signal.throwIfAborted()
      if (thrown instanceof AcmeFailure) throw thrown
      const why = signal.aborted ? 'it does not answer in time' : reasonOf(thrown)
      throw new AcmeFailure(`The ACME server ${url.host} cannot be reached: ${why}.`, {
        mayPass: true,
        cause: thrown,
      })
    }
  }
}

function httpsUrl(text: string): URL {
  const url = URL.parse(text)
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new AcmeFailure('The ACME server has named a URL that is not of https.')
  }
  return url
}

async function readBounded(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > LARGEST_BYTES) throw new AcmeFailure('The ACME server’s answer is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** `fetch` hides the system's or the TLS library's code in the cause. */
function reasonOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' ? code : 'the connection failed'
}
