import type { AccountKey } from './account-key.ts'
import type { AcmeDirectory } from './acme-directory.ts'
import { AcmeFailure } from './acme-failure.ts'
import { AcmeObject } from './acme-object.ts'
import { acmeProblem } from './acme-problem.ts'
import type { AcmeResponse, AcmeTransport } from './acme-transport.ts'

/** A nonce may have grown old; that often a request is signed anew (RFC 8555 §6.5). */
const NONCE_ATTEMPTS = 5

export interface AcmePost {
  /** Absent for a POST-as-GET (RFC 8555 §6.3). */
  readonly payload?: object
  readonly accept?: string
}

/** Signed requests under one key: of an account once its URL is known, else of the key itself. */
export class AcmeSession {
  readonly directory: AcmeDirectory
  readonly key: AccountKey
  /** URL of the account; absent until it is made. */
  readonly account: string | undefined
  readonly #transport: AcmeTransport
  #nonce: string | undefined

  constructor(
    transport: AcmeTransport,
    directory: AcmeDirectory,
    key: AccountKey,
    account?: string,
  ) {
    this.directory = directory
    this.key = key
    this.#transport = transport
    this.account = account
  }

  /** Gives an answer of status 2xx. @throws AcmeFailure for any other. */
  async post(url: string, { payload, accept }: AcmePost = {}): Promise<AcmeResponse> {
    const text = payload === undefined ? '' : JSON.stringify(payload)
    const { key } = this
    for (let attempt = 1; ; attempt++) {
      const nonce = await this.#takeNonce()
      const who = this.account === undefined ? { jwk: key.jwk } : { kid: this.account }
      const body = JSON.stringify(await key.sign(text, { nonce, url, ...who }))
      const response = await this.#transport.request(url, {
        method: 'POST',
        body,
        ...(accept === undefined ? {} : { accept }),
      })
      this.#nonce = response.headers.get('replay-nonce') ?? undefined
      const { status } = response
      if (status >= 200 && status < 300) return response
      const failure = acmeProblem(AcmeObject.parse(response.body), status)
      if (failure.type !== 'badNonce' || attempt === NONCE_ATTEMPTS) throw failure
    }
  }

  /** As `post`, for an answer that is a JSON object. */
  async object(url: string, post?: AcmePost): Promise<AcmeObject> {
    return objectOf(await this.post(url, post))
  }

  async #takeNonce(): Promise<string> {
    const known = this.#nonce
    this.#nonce = undefined
    if (known !== undefined) return known
    const { headers } = await this.#transport.request(this.directory.newNonce, { method: 'HEAD' })
    const nonce = headers.get('replay-nonce')
    if (nonce === null) throw new AcmeFailure('The ACME server gives no nonce.', { mayPass: true })
    return nonce
  }
}

/** The JSON object of an answer. @throws AcmeFailure */
export function objectOf({ body }: AcmeResponse): AcmeObject {
  const object = AcmeObject.parse(body)
  if (object === undefined) {
    throw new AcmeFailure('The ACME server has sent what is no JSON object.', { mayPass: true })
  }
  return object
}
