import { abortable } from '../core/abortable.ts'
import { BadRequestError, UnexpectedAnswerError } from '../core/errors.ts'
import {
  type HttpAnswer,
  type HttpRequest,
  type OperationOptions,
  type PipelineOptions,
  send,
} from '../core/pipeline.ts'
import {
  type Challenge,
  challengeOf,
  challengeParameters,
  demandedClaims,
  verifyResource,
} from './challenge.ts'
import { errorOfAnswer } from './error-of-answer.ts'
import { type TokenCache, tokenCacheOf } from './token-cache.ts'
import type { TokenCredential } from './token-credential.ts'

/** What every client of a vault takes. */
export interface VaultClientOptions extends PipelineOptions {
  /** The version of the service's interface; `2025-07-01` unless said. */
  readonly serviceVersion?: string
  /**
   * Gives the vault a token although its host is not under the host that the token is for. Only for
   * a vault that is reached by another name than its own.
   */
  readonly disableChallengeResourceVerification?: boolean
}

/** One operation of the service. */
export interface VaultRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  /** Beneath the vault, or an absolute URL of it that the service itself has given. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: object
  /** For a POST or PUT that gives the same when it is done twice; the other methods are known. */
  readonly isRepeatable?: boolean
}

// What a vault has asked for, for all clients that have the same credential.
const challenges = new WeakMap<TokenCredential, Map<string, Challenge>>()

/** Requests to one vault, with the token that it wants. */
export class VaultConnection {
  readonly vaultUrl: string
  readonly #origin: URL
  readonly #credential: TokenCredential
  readonly #options: VaultClientOptions
  readonly #tokens: TokenCache
  #probing: Promise<Challenge | undefined> | undefined

  /** @throws TypeError unless the URL is one of https: a token would be readable on the way. */
  constructor(vaultUrl: string, credential: TokenCredential, options: VaultClientOptions = {}) {
    const url = new URL(vaultUrl)
    if (url.protocol !== 'https:') throw new TypeError('A vault is reached by https alone.')
    this.vaultUrl = vaultUrl
    this.#origin = new URL(url.origin)
    this.#credential = credential
    this.#options = options
    this.#tokens = tokenCacheOf(credential)
  }

  /** Asks, and gives the answer's JSON. @throws ClavigerError of the class that the status has. */
  async ask<Answer>(request: VaultRequest, call: OperationOptions = {}): Promise<Answer> {
    const answer = await this.#send(this.#requestOf(request), call)
    if (answer.status < 200 || answer.status > 299) throw errorOfAnswer(answer)
    if (answer.status === 204) return undefined as Answer
    try {
      return JSON.parse(new TextDecoder().decode(answer.body)) as Answer
    } catch (cause) {
      const message = `${this.#origin.host} answered with something else than JSON.`
      throw new UnexpectedAnswerError({ code: 'NotJson', message, status: answer.status, cause })
    }
  }

  #requestOf({ method, path, query = {}, body, isRepeatable }: VaultRequest): HttpRequest {
    const url = this.#urlOf(path, query)
    return {
      method,
      url,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      isRepeatable: isRepeatable ?? (method !== 'POST' && method !== 'PUT'),
    }
  }

  #urlOf(path: string, query: NonNullable<VaultRequest['query']>): string {
    const { serviceVersion = '2025-07-01' } = this.#options
    const more = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [`&${name}=${encodeURIComponent(value)}`],
    )
    const version = `api-version=${encodeURIComponent(serviceVersion)}`
    // Put together as text: this is on the way of every call.
    if (path.startsWith('/')) return `${this.#origin.origin}${path}?${version}${more.join('')}`
    const url = new URL(path)
    if (url.origin === this.#origin.origin) {
      if (!url.searchParams.has('api-version')) url.searchParams.set('api-version', serviceVersion)
      return url.href
    }
    // A token goes to its vault alone, whatever a page says about where the next one is.
    const message = `${url.host} is not the vault ${this.#origin.host}.`
    throw new BadRequestError({ code: 'OtherHost', message })
  }

  async #send(request: HttpRequest, call: OperationOptions): Promise<HttpAnswer> {
    const known = this.#challenge ?? (await this.#probe(request, call))
    // It has asked for nothing, as a proxy that adds the token itself.
    if (known === undefined) return this.#sendAs(request, undefined, call)
    const token = await this.#token(known, call)
    const answer = await this.#sendAs(request, token, call)
    if (answer.status !== 401) return answer
    // The token was taken back, or the vault has moved to another tenant: once more with another.
    const parameters = challengeParameters(answer.headers.get('www-authenticate'))
    const claims = demandedClaims(parameters)
    const challenge = challengeOf(parameters) ?? known
    this.#tokens.forget(token)
    this.#remember(challenge)
    const renewed = await this.#token(challenge, call, claims)
    return renewed === token ? answer : this.#sendAs(request, renewed, call)
  }

  #sendAs(
    request: HttpRequest,
    token: string | undefined,
    call: OperationOptions,
  ): Promise<HttpAnswer> {
    const { headers } = request
    const authorized =
      token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` }
    return send(() => ({ ...request, headers: authorized }), this.#options, call)
  }

  /** What the vault wants to see; one request asks it for all that wait. */
  async #probe(request: HttpRequest, call: OperationOptions): Promise<Challenge | undefined> {
    if (this.#probing !== undefined) {
      await abortable(
        this.#probing.catch(() => undefined),
        call.abortSignal,
      )
      if (this.#challenge !== undefined) return this.#challenge
    }
    const probing = this.#challengedBy(request, call).finally(() => {
      if (this.#probing === probing) this.#probing = undefined
    })
    this.#probing = probing
    return probing
  }

  /** Asks without token and body. Gives nothing when the vault answers that. */
  async #challengedBy(
    request: HttpRequest,
    call: OperationOptions,
  ): Promise<Challenge | undefined> {
    const bare: HttpRequest = { ...request, body: undefined, isRepeatable: true }
    const answer = await send(() => bare, this.#options, call)
    if (answer.status < 400) return undefined
    const parameters = challengeParameters(answer.headers.get('www-authenticate'))
    const challenge = answer.status === 401 ? challengeOf(parameters) : undefined
    if (challenge === undefined) throw errorOfAnswer(answer)
    this.#remember(challenge)
    return challenge
  }

  get #challenge(): Challenge | undefined {
    return challenges.get(this.#credential)?.get(this.#origin.host)
  }

  #remember(challenge: Challenge): void {
    let known = challenges.get(this.#credential)
    if (known === undefined) {
      known = new Map()
      challenges.set(this.#credential, known)
    }
    known.set(this.#origin.host, challenge)
  }

  #token(challenge: Challenge, call: OperationOptions, claims?: string): Promise<string> {
    const { scope, tenantId } = challenge
    if (!this.#options.disableChallengeResourceVerification) {
      verifyResource(this.#origin, challenge)
    }
    return this.#tokens.get({ scope, tenantId, claims }, call.abortSignal)
  }
}

/** One part of a path. @throws BadRequestError for what a URL would not carry as it is. */
export function segment(name: string): string {
  if (!['', '.', '..'].includes(name)) return encodeURIComponent(name)
  throw new BadRequestError({
    code: 'BadParameter',
    message: `The request URI contains an invalid name: ${name}`,
    status: 400,
  })
}

/** The part of a path that says the version; empty for the newest one. */
export function versionSegment(version: string): string {
  return version === '' ? '' : segment(version)
}
