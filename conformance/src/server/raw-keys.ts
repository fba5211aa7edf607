import type { Jwk } from '../programs/jwk.ts'
import type { HttpsClient } from './https-client.ts'
import { type JsonObject, objectOf, textOf } from './json.ts'

/** An answer of the vault whose body is JSON. */
export interface JsonAnswer {
  readonly status: number
  readonly body: JsonObject
}

export type KeyUse = 'sign' | 'verify' | 'encrypt' | 'decrypt' | 'wrapkey' | 'unwrapkey'

const QUERY = '?api-version=2025-07-01'

/** The operations on keys as the wire has them, without a client that computes anything by itself. */
export class RawKeys {
  readonly #client: HttpsClient
  readonly #token: string

  constructor(client: HttpsClient, token: string) {
    this.#client = client
    this.#token = token
  }

  /** One request; octets in the body go as base64url. */
  async ask(method: string, path: string, body?: JsonObject): Promise<JsonAnswer> {
    const wired = body === undefined ? {} : { body: objectOf(encodeOctets(body)) }
    const answer = await this.#client.send(method, path + QUERY, { token: this.#token, ...wired })
    const text = answer.body === '' ? '{}' : answer.body
    return { status: answer.status, body: objectOf(JSON.parse(text)) }
  }

  /** Imports a key and gives its version. @throws Error when the vault refuses. */
  async import(name: string, jwk: Jwk, attributes: JsonObject = {}): Promise<string> {
    const crv = jwk.crv === 'secp256k1' ? { crv: 'P-256K' } : {}
    const answer = await this.ask('PUT', `/keys/${name}`, { key: { ...jwk, ...crv }, attributes })
    const kid = textOf(objectOf(demand(answer, `import of ${name}`)['key']), 'kid')
    return kid.split('/').at(-1) ?? ''
  }

  /**
   * Uses a key and gives the body of the answer.
   * @throws Error when the vault refuses, or another version answers than the one asked for.
   */
  async use(name: string, version: string, use: KeyUse, body: JsonObject): Promise<JsonObject> {
    const answer = await this.ask('POST', `/keys/${name}/${version}/${use}`, body)
    const result = demand(answer, `${use} with ${name}`)
    if (use === 'verify') return result
    if (!textOf(result, 'kid').endsWith(`/keys/${name}/${version}`)) {
      throw new Error(`${use} with ${name} was answered by ${textOf(result, 'kid')}`)
    }
    return result
  }
}

/** A member that holds octets. @throws Error when it is not base64url without padding. */
export function octetsOf(object: JsonObject, name: string): Buffer {
  const text = textOf(object, name)
  if (!/^[\w-]*$/.test(text)) throw new Error(`${name} is not base64url: ${text.slice(0, 40)}`)
  return Buffer.from(text, 'base64url')
}

function demand({ status, body }: JsonAnswer, what: string): JsonObject {
  if (status === 200) return body
  throw new Error(`${what} was answered ${status}: ${JSON.stringify(body).slice(0, 300)}`)
}

function encodeOctets(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64url')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, encodeOctets(one)]))
}
