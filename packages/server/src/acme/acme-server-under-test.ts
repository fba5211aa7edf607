import { createHash, randomUUID } from 'node:crypto'
import { testAuthority } from '@claviger/vault/testing'
import { calculateJwkThumbprint, flattenedVerify, importJWK, type JWK } from 'jose'

/** One signed request, as the server has understood it. */
export interface Signed {
  readonly path: string
  readonly payload: Readonly<Record<string, unknown>> | undefined
  readonly kid: string | undefined
}

type Interception = (signed: Signed) => Response | undefined

/** Where it says that it is. */
const BASE = 'https://acme.example'
export const DIRECTORY = `${BASE}/dir`

/**
 * The far side: an ACME server behind `fetch` that checks every signature and nonce, believes each
 * proof it is told of, and goes wrong where a test wants it to.
 */
export class AcmeServerUnderTest {
  /** What was asked, in order. */
  readonly asked: string[] = []
  /** Orders as their identifiers. */
  readonly orders: string[][] = []
  /** URLs of accounts with their keys. */
  readonly accounts = new Map<string, JWK>()
  readonly externalBindings: unknown[] = []
  /** What was issued, PEM, by the number of the order. */
  readonly certificates = new Map<string, string>()
  needsExternalAccount = false
  /** Answers in the server's place, after signature and nonce were found right. */
  intercept: Interception = () => undefined
  /** Answers before anything is looked at. */
  answer: (url: string) => Response | undefined | Promise<Response | undefined> = () => undefined
  /** What an authorization becomes when its challenge is taken up. */
  verdict: (name: string) => object = () => ({ status: 'valid' })
  readonly #nonces = new Set<string>()
  readonly #states = new Map<string, object>()
  readonly #authority = testAuthority('CN=acme.example', Date.UTC(2026, 0, 1))

  readonly send: typeof fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : input.toString()
    init?.signal?.throwIfAborted()
    this.asked.push(`${init?.method ?? 'GET'} ${url.replace(BASE, '')}`)
    const early = await Promise.race([this.answer(url), abortOf(init?.signal)])
    if (early !== undefined) return early
    if (url === DIRECTORY) return this.#json(this.#directory())
    if (url === `${BASE}/nonce`) return this.#json({}, 200)
    if (typeof init?.body !== 'string') throw new TypeError('a request has a JWS as its text')
    return await this.#post(url.replace(BASE, ''), init.body)
  }

  /** A problem document. */
  problem(type: string, status: number, detail = 'It went wrong'): Response {
    const body = { type: `urn:ietf:params:acme:error:${type}`, detail, status }
    return this.#json(body, status, { 'content-type': 'application/problem+json' })
  }

  /** Asked with this method and path so often. */
  count(asked: string): number {
    return this.asked.filter((one) => one === asked).length
  }

  #directory(): object {
    return {
      newNonce: `${BASE}/nonce`,
      newAccount: `${BASE}/account`,
      newOrder: `${BASE}/order`,
    }
  }

  async #post(path: string, text: string): Promise<Response> {
    const jws = JSON.parse(text)
    const header = JSON.parse(Buffer.from(jws.protected, 'base64url').toString())
    const key: JWK | undefined = header.jwk ?? this.accounts.get(header.kid)
    if (key === undefined) return this.problem('accountDoesNotExist', 400)
    const { payload: bytes } = await flattenedVerify(jws, await importJWK(key, 'ES256'))
    if (header.url !== BASE + path) return this.problem('unauthorized', 403, 'Wrong URL')
    if (!this.#nonces.delete(header.nonce)) return this.problem('badNonce', 400)
    const payload = bytes.byteLength === 0 ? undefined : JSON.parse(Buffer.from(bytes).toString())
    const signed = { path, payload, kid: header.kid }
    return this.intercept(signed) ?? (await this.#answer(signed, key))
  }

  async #answer({ path, payload, kid }: Signed, key: JWK): Promise<Response> {
    const [, kind = '', id = '', name = ''] = path.split('/')
    switch (kind) {
      case 'account': {
        if (this.needsExternalAccount && payload?.['externalAccountBinding'] === undefined) {
          return this.problem('externalAccountRequired', 403)
        }
        const url = `${BASE}/account/${(await calculateJwkThumbprint(key)).slice(0, 8)}`
        this.accounts.set(url, key)
        this.externalBindings.push(payload?.['externalAccountBinding'])
        return this.#json({ status: 'valid' }, 201, { location: url })
      }
      case 'order':
        return id === '' ? this.#order(payload) : this.#state(path)
      case 'authz':
        return this.#state(path)
      case 'chall': {
        if (kid === undefined || JSON.stringify(payload) !== '{}') return this.problem('malformed', 400)
        this.#states.set(`/authz/${id}/${name}`, this.verdict(decodeURIComponent(name)))
        return this.#json({ status: 'processing' })
      }
      case 'finalize': {
        const request = Buffer.from(String(payload?.['csr']), 'base64url')
        const from = Date.UTC(2026, 0, 1)
        const chain = [this.#authority.issue(request, from), this.#authority.certificate]
        this.certificates.set(id, chain.map(pemOf).join('\n'))
        const order = { status: 'valid', certificate: `${BASE}/cert/${id}` }
        this.#states.set(`/order/${id}`, order)
        return this.#json({ status: 'processing' })
      }
      case 'cert':
        return new Response(this.certificates.get(id) ?? '', { headers: this.#headers({}) })
      default:
        return this.problem('malformed', 404)
    }
  }

  #order(payload: Signed['payload']): Response {
    const id = String(this.orders.length)
    const identifiers = payload?.['identifiers'] as readonly { readonly value: string }[]
    const names = identifiers.map(({ value }) => value)
    this.orders.push(names)
    const authorizations = names.map((wanted) => {
      const name = wanted.replace('*.', '')
      const at = `${id}/${encodeURIComponent(wanted)}`
      const token = createHash('sha256').update(at).digest('base64url')
      const challenges = ['http-01', 'dns-01'].map((type) => ({
        type, token, url: `${BASE}/chall/${at}`,
      }))
      const identifier = { type: 'dns', value: name }
      this.#states.set(`/authz/${at}`, { status: 'pending', identifier, challenges })
      return `${BASE}/authz/${at}`
    })
    const order = { status: 'ready', authorizations, finalize: `${BASE}/finalize/${id}` }
    this.#states.set(`/order/${id}`, order)
    return this.#json({ ...order, status: 'pending' }, 201, { location: `${BASE}/order/${id}` })
  }

  #state(path: string): Response {
    const state = this.#states.get(path)
    return state === undefined ? this.problem('malformed', 404) : this.#json(state)
  }

  #json(value: object, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
    return new Response(JSON.stringify(value), { status, headers: this.#headers(headers) })
  }

  #headers(headers: Readonly<Record<string, string>>): Record<string, string> {
    const nonce = randomUUID()
    this.#nonces.add(nonce)
    return { ...headers, 'replay-nonce': nonce }
  }
}

/** Rejects as `fetch` does when it is given up; else never ends. */
async function abortOf(signal: AbortSignal | null | undefined): Promise<never> {
  return await new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
  })
}

function pemOf(der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\n')
}
