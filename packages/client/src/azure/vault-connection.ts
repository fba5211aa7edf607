import { defined } from '../core/defined.ts'
import { isBrowser } from '../core/environment.ts'
import { BadRequestError, ClavigerError, UnexpectedAnswerError } from '../core/errors.ts'
import {
  type HttpAnswer,
  type HttpRequest,
  type OperationOptions,
  type PipelineOptions,
  send,
} from '../core/pipeline.ts'
import { userAgentOf, type UserAgentOptions } from '../core/user-agent.ts'
import { within } from '../core/within.ts'
import {
  type Challenge,
  challengeOf,
  challengeParameters,
  demandedClaims,
  verifyResource,
} from './challenge.ts'
import { errorOfAnswer, objectIn } from './error-of-answer.ts'
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
  /** Who asks, as the service's records show it. */
  readonly userAgentOptions?: UserAgentOptions
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

// What has not asked for a token is not probed again, as what adds one does not change often.
const OPEN_MILLISECONDS = 60_000

// What a vault has asked for, for all clients that have the same credential.
const challenges = new WeakMap<TokenCredential, Map<string, Challenge>>()

/** Requests to one vault, with the token that it wants. */
export class VaultConnection {
  readonly vaultUrl: string
  readonly #origin: URL
  /** The URL without a slash at its end, with the path of a vault behind a gateway. */
  readonly base: string
  readonly #version: string
  readonly #headers: Readonly<Record<string, string>> | undefined
  readonly #options: VaultClientOptions
  readonly #tokens: TokenCache
  readonly #challenges: Map<string, Challenge>
  #probing: Promise<Challenge | undefined> | undefined
  #openUntil = 0

  /** @throws TypeError unless the URL is one of https: a token would be readable on the way. */
  constructor(vaultUrl: string, credential: TokenCredential, options: VaultClientOptions = {}) {
    const url = new URL(vaultUrl)
    if (url.protocol !== 'https:') throw new TypeError('A vault is reached by https alone.')
    this.vaultUrl = vaultUrl
    this.#origin = new URL(url.origin)
    this.base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`
    this.#version = options.serviceVersion ?? '2025-07-01'
    const userAgent = userAgentOf(options.userAgentOptions)
    this.#headers = isBrowser() ? undefined : { 'user-agent': userAgent }
    this.#options = options
    this.#tokens = tokenCacheOf(credential)
    this.#challenges = challengesOf(credential)
  }

  /**
   * Asks, and gives the answer's JSON, or what `read` makes of it.
   * @throws ClavigerError of the class that the status has, or UnexpectedAnswerError.
   */
  async ask<Answer>(
    request: VaultRequest,
    call: OperationOptions = {},
    read: (wire: never) => Answer = (wire) => wire,
  ): Promise<Answer> {
    const answer = await this.#send(this.#requestOf(request), call)
    if (answer.status < 200 || answer.status > 299) throw errorOfAnswer(answer)
    if (answer.status === 204) return undefined as Answer
    const wire = objectIn(answer.body)
    try {
      if (wire !== undefined) return read(wire as never)
    } catch (error) {
      if (error instanceof ClavigerError) throw error
    }
    const code = wire === undefined ? 'NotJson' : 'UnexpectedAnswer'
    const message = `${this.#origin.host} answered with something else than was asked for.`
    throw new UnexpectedAnswerError({ code, message, status: answer.status })
  }

  #requestOf({ method, path, query = {}, body, isRepeatable }: VaultRequest): HttpRequest {
    const url = this.#urlOf(path, query)
    const own = this.#headers && {
      ...this.#headers,
      'x-ms-client-request-id': crypto.randomUUID(),
    }
    return {
      method,
      url,
      headers: body === undefined ? { ...own } : { ...own, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      // A PUT sent twice leaves what it says, at most in a version more; a POST may make another key.
      isRepeatable: isRepeatable ?? method !== 'POST',
    }
  }

  #urlOf(path: string, query: NonNullable<VaultRequest['query']>): string {
    const more = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [`&${name}=${encodeURIComponent(value)}`],
    )
    const version = `api-version=${encodeURIComponent(this.#version)}`
    // Put together as text: this is on the way of every call.
    if (path.startsWith('/')) return `${this.base}${path}?${version}${more.join('')}`
    const url = URL.canParse(path) ? new URL(path) : undefined
    if (url?.origin === this.#origin.origin) {
      if (!url.searchParams.has('api-version')) url.searchParams.set('api-version', this.#version)
      return url.href
    }
    // A token goes to its vault alone, whatever a page says about where the next one is.
    const message =
      url === undefined
        ? 'This is no link to a page of a vault.'
        : `${url.host} is not the vault ${this.#origin.host}.`
    throw new BadRequestError({ code: 'OtherHost', message })
  }

  async #send(request: HttpRequest, call: OperationOptions): Promise<HttpAnswer> {
    let known = this.#challenges.get(this.#origin.host)
    if (known === undefined && this.#probing !== undefined) {
      known = await this.#heard(this.#probing, call)
    }
    if (known !== undefined) return this.#sendTo(known, request, call)
    if (performance.now() < this.#openUntil) return this.#sendOpenly(request, call)
    const { answer, challenge } = await this.#probe(request, call)
    if (challenge !== undefined) return this.#sendTo(challenge, request, call)
    // It has asked for nothing, as a proxy that adds the token itself. Without a body that was the
    // request, and it is never done twice; with one, it was refused for want of the body.
    const isFinal = answer.status === 401 || answer.status === 429 || answer.status >= 500
    if (!isFinal) this.#openUntil = performance.now() + OPEN_MILLISECONDS
    if (request.body === undefined || isFinal) return answer
    return this.#sendAs(request, undefined, call)
  }

  /** What a probe of another call hears, as long as this call waits for it. */
  #heard(
    probing: Promise<Challenge | undefined>,
    call: OperationOptions,
  ): Promise<Challenge | undefined> {
    const timeoutMs = call.timeoutMs ?? this.#options.timeoutMs
    return within(defined({ ...call, timeoutMs }), this.#origin.host, probing)
  }

  /** To what has lately asked for no token; it may by now. */
  async #sendOpenly(request: HttpRequest, call: OperationOptions): Promise<HttpAnswer> {
    const answer = await this.#sendAs(request, undefined, call)
    if (answer.status !== 401) return answer
    this.#openUntil = 0
    const challenge = challengeOf(challengeParameters(answer.headers.get('www-authenticate')))
    return challenge === undefined ? answer : this.#sendTo(challenge, request, call)
  }

  async #sendTo(
    known: Challenge,
    request: HttpRequest,
    call: OperationOptions,
  ): Promise<HttpAnswer> {
    const token = await this.#token(known, call)
    const answer = await this.#sendAs(request, token, call)
    if (answer.status !== 401) return answer
    // The token was taken back, or the vault has moved to another tenant: once more with another.
    const parameters = challengeParameters(answer.headers.get('www-authenticate'))
    const claims = demandedClaims(parameters)
    const challenge = challengeOf(parameters) ?? known
    this.#tokens.forget(token)
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

  /** Asks without token and body what the vault wants to see, for all that wait. */
  async #probe(request: HttpRequest, call: OperationOptions): Promise<Probed> {
    const hasBody = request.body !== undefined
    const isRepeatable = hasBody || request.isRepeatable
    const bare: HttpRequest = { ...request, body: undefined, isRepeatable }
    const asked = send(() => bare, this.#options, call).then(async (answer): Promise<Probed> => {
      if (answer.status !== 401) return { answer, challenge: undefined }
      const parameters = challengeParameters(answer.headers.get('www-authenticate'))
      const challenge = challengeOf(parameters)
      if (challenge !== undefined) await this.#token(challenge, call)
      return { answer, challenge }
    })
    // Who waits for one that fails asks on its own.
    const probing = asked.then(({ challenge }) => challenge, () => undefined)
    this.#probing = probing
    try {
      return await asked
    } finally {
      if (this.#probing === probing) this.#probing = undefined
    }
  }

  /** The token that a challenge is for. What leads to none is not remembered for the next call. */
  async #token(challenge: Challenge, call: OperationOptions, claims?: string): Promise<string> {
    const { scope, tenantId } = challenge
    const { host } = this.#origin
    try {
      if (!this.#options.disableChallengeResourceVerification) {
        verifyResource(this.#origin, challenge)
      }
      const token = await this.#tokens.get({ scope, tenantId, claims }, call.abortSignal)
      this.#challenges.set(host, challenge)
      return token
    } catch (error) {
      if (this.#challenges.get(host) === challenge) this.#challenges.delete(host)
      throw error
    }
  }
}

interface Probed {
  readonly answer: HttpAnswer
  readonly challenge: Challenge | undefined
}

function challengesOf(credential: TokenCredential): Map<string, Challenge> {
  let known = challenges.get(credential)
  if (known === undefined) {
    known = new Map()
    challenges.set(credential, known)
  }
  return known
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
