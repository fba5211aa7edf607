import { createHash, createHmac, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { HttpsClient, type RawAnswer } from './https-client.ts'
import { type JsonObject, objectOf, textOf } from './json.ts'
import { caFile } from './start-server.ts'
import type { TestServer } from './test-server.ts'

// Requests to the shared gateway of Alibaba Cloud KMS as their documentation has them ("Request
// signature", RPC and V3), without any client: so that everything in them can be wrong.

export interface Signer {
  readonly accessKeyId: string
  readonly secret: string
}

/** What a request says, and what may be wrong with it. */
export interface KmsRequest {
  readonly action: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly method?: string
  readonly place?: 'query' | 'form'
  readonly signer?: Signer
  /** Milliseconds since 1970 that the request says it was made at. */
  readonly at?: number
  readonly nonce?: string
  /** Other common parameters of RPC, or headers of ACS3; `undefined` leaves one out. */
  readonly changed?: Readonly<Record<string, string | undefined>>
  /** The same, once everything is signed. */
  readonly changedAfterwards?: Readonly<Record<string, string | undefined>>
}

export interface KmsAnswer {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly body: JsonObject
  readonly raw: RawAnswer
}

export interface RawKmsOptions {
  /** Kept open at most. */
  readonly connections?: number
  /** Milliseconds after which an unanswered request is given up. */
  readonly limitMs?: number
}

/** Sends requests that it signs itself. */
export class RawKms {
  readonly #signer: Signer
  readonly #client: HttpsClient
  readonly #host: string

  /** @param host to ask, at the HTTPS port or at the port of every host. */
  constructor(
    { place }: TestServer,
    signer: Signer,
    host: string,
    port = place.port,
    options: RawKmsOptions = {},
  ) {
    this.#signer = signer
    this.#host = `${host}:${port}`
    const ca = readFileSync(caFile(place), 'utf8')
    this.#client = new HttpsClient({ host, port, ca, connections: 2, ...options })
  }

  /** The signature of RPC: the sorted parameters, wherever they travel. */
  async rpc(request: KmsRequest, hash: 'sha1' | 'sha256' = 'sha1'): Promise<KmsAnswer> {
    const { action, parameters = {}, method = 'POST', place = 'query', at = Date.now() } = request
    const { accessKeyId, secret } = request.signer ?? this.#signer
    const common = given({
      Action: action,
      Version: '2016-01-20',
      Format: 'JSON',
      AccessKeyId: accessKeyId,
      SignatureMethod: hash === 'sha1' ? 'HMAC-SHA1' : 'HMAC-SHA256',
      SignatureVersion: '1.0',
      SignatureNonce: request.nonce ?? randomUUID(),
      Timestamp: timestamp(at),
      ...request.changed,
    })
    const signed = encodeAll({ ...common, ...parameters })
    const Signature = createHmac(hash, `${secret}&`)
      .update(`${method}&%2F&${encode(signed)}`)
      .digest('base64')
    const sent = given({ ...common, Signature, ...request.changedAfterwards })
    const isForm = place === 'form'
    const query = encodeAll(isForm ? sent : { ...sent, ...parameters })
    const form = isForm ? encodeAll(parameters) : ''
    return this.send(method, query, form, isForm ? FORM : {})
  }

  /** ACS3-HMAC-SHA256: a canonical request, with headers. */
  async acs3(request: KmsRequest): Promise<KmsAnswer> {
    const { action, parameters = {}, method = 'POST', place = 'query', at = Date.now() } = request
    const { accessKeyId, secret } = request.signer ?? this.#signer
    const query = place === 'query' ? encodeAll(parameters) : ''
    const form = place === 'form' ? encodeAll(parameters) : ''
    const headers = given({
      host: this.#host,
      'x-acs-action': action,
      'x-acs-version': '2016-01-20',
      'x-acs-date': timestamp(at),
      'x-acs-signature-nonce': request.nonce ?? randomUUID(),
      'x-acs-content-sha256': sha256(form),
      ...(place === 'form' ? FORM : {}),
      ...request.changed,
    })
    const names = Object.keys(headers).sort()
    const canonical = names.map((name) => `${name}:${headers[name]}\n`).join('')
    const canonicalRequest = [
      method,
      '/',
      query,
      canonical,
      names.join(';'),
      headers['x-acs-content-sha256'],
    ].join('\n')
    const toSign = `ACS3-HMAC-SHA256\n${sha256(canonicalRequest)}`
    const signature = createHmac('sha256', secret).update(toSign).digest('hex')
    const signedBy = `Credential=${accessKeyId},SignedHeaders=${names.join(';')}`
    const authorization = `ACS3-HMAC-SHA256 ${signedBy},Signature=${signature}`
    const sent = given({ authorization, ...headers, ...request.changedAfterwards })
    return this.send(method, query, form, sent)
  }

  /** Sends whatever it is given. */
  async send(
    method: string,
    query: string,
    text: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<KmsAnswer> {
    const path = query === '' ? '/' : `/?${query}`
    const raw = await this.#client.send(method, path, {
      text,
      headers: { host: this.#host, ...headers },
    })
    const isJson = raw.headers['content-type']?.startsWith('application/json') === true
    const body = isJson ? objectOf(JSON.parse(raw.body)) : {}
    return {
      status: raw.status,
      code: textOf(body, 'Code'),
      message: textOf(body, 'Message'),
      body,
      raw,
    }
  }

  close(): void {
    this.#client.close()
  }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** RFC 3986: all but the unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function encodeAll(parameters: Readonly<Record<string, string>>): string {
  return Object.keys(parameters)
    .sort()
    .map((name) => `${encode(name)}=${encode(parameters[name] ?? '')}`)
    .join('&')
}

function given(record: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function timestamp(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}
