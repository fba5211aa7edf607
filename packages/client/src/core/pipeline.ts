import { abortable, type AbortSignalLike, throwIfAborted } from './abortable.ts'
import { builtinModule } from './environment.ts'
import { ClavigerError, ConnectionError, TimeoutError } from './errors.ts'
import { exchangeBy, ownExchange, StaleConnection } from './exchange.ts'
import { delayBefore, isWorthRepeating, retryAfterMs, type RetryOptions } from './retry.ts'
import { sleep } from './sleep.ts'
import { timedOut } from './timed-out.ts'

/** One request, as it goes out. */
export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined
  /** Whether it may reach the service twice: true for what reads, and for what gives the same. */
  readonly isRepeatable: boolean
  /** Other answers than those of `isWorthRepeating` that mean "not now". */
  readonly isTransient?: (answer: HttpAnswer) => boolean
}

/** One answer, read to its end. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array
}

/** The part of `fetch` that is used, so that one may give another. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** How requests of a client are made. */
export interface PipelineOptions {
  /** Instead of the runtime's own: `node:https` on Node, `fetch` everywhere else. */
  readonly fetch?: Fetch
  /** How often and how slowly a request is repeated. */
  readonly retryOptions?: RetryOptions
  /** The longest that one attempt takes, in milliseconds; 30,000 unless said. */
  readonly timeoutMs?: number
}

/** What every call takes. */
export interface OperationOptions {
  /** Ends the call, its waits and its repetitions; it rejects with the signal's reason. */
  readonly abortSignal?: AbortSignalLike
  /** The longest that one attempt takes, in milliseconds, instead of the client's. */
  readonly timeoutMs?: number
}

/**
 * Sends a request until there is an answer that another attempt would not change. `next` gives the
 * request anew for each attempt, since signatures name a time.
 * @throws ConnectionError, TimeoutError, or the reason of `abortSignal`.
 */
export async function send(
  next: () => HttpRequest | Promise<HttpRequest>,
  pipeline: PipelineOptions,
  call: OperationOptions = {},
): Promise<HttpAnswer> {
  const { retryOptions = {} } = pipeline
  for (let retry = 0; ; retry += 1) {
    throwIfAborted(call.abortSignal)
    const request = await abortable(Promise.resolve(next()), call.abortSignal)
    let delay: number | undefined
    try {
      const answer = await attempt(request, pipeline, call)
      const isTransient =
        isWorthRepeating(answer.status, request.isRepeatable) || request.isTransient?.(answer)
      if (!isTransient) return answer
      delay = delayBefore(retry, retryOptions, retryAfterMs(answer.headers))
      if (delay === undefined) return answer
    } catch (error) {
      const isRepeatable = request.isRepeatable || unsent.has(error as object)
      if (call.abortSignal?.aborted || !isRepeatable || !isOfConnection(error)) throw error
      delay = delayBefore(retry, retryOptions)
      if (delay === undefined) throw error
    }
    await sleep(delay, call.abortSignal)
  }
}

async function attempt(
  request: HttpRequest,
  pipeline: PipelineOptions,
  call: OperationOptions,
): Promise<HttpAnswer> {
  const { abortSignal } = call
  const timeoutMs = call.timeoutMs ?? pipeline.timeoutMs ?? 30_000
  const ended = new AbortController()
  const abort = (): void => ended.abort()
  const timer = setTimeout(abort, timeoutMs)
  abortSignal?.addEventListener('abort', abort, { once: true })
  try {
    if (!request.isRepeatable) await noticeClosed()
    // Until here nothing has ended anything.
    throwIfAborted(abortSignal)
    const { fetch } = pipeline
    const exchange = fetch === undefined ? ownExchange() : exchangeBy(fetch)
    return await exchange(request, ended.signal)
  } catch (cause) {
    throwIfAborted(abortSignal)
    if (cause instanceof ClavigerError) throw cause
    const { host } = new URL(request.url)
    if (ended.signal.aborted) throw timedOut(host, timeoutMs)
    const failure = innermost(cause)
    const message = `${host} could not be reached, or broke off: ${failure.reason}.`
    const error = new ConnectionError({ code: 'ConnectionFailed', message, cause: failure.error })
    if (failure.isUnsent) unsent.add(error)
    throw error
  } finally {
    clearTimeout(timer)
    abortSignal?.removeEventListener('abort', abort)
  }
}

/**
 * Lets the runtime see which kept connections servers have closed while this program was busy, so
 * that none of them is used: what breaks off after it was written may have been done.
 */
async function noticeClosed(): Promise<void> {
  // Other runtimes keep connections where no timer helps, and may hold timers of a page back.
  if (builtinModule('node:https') === undefined) return
  // The first may end before the runtime has looked, and closing takes another round.
  for (let round = 0; round < 3; round += 1) await sleep(0)
}

// What the service surely has not done, so that anything may be sent again after it.
const unsent = new WeakSet<object>()

function isOfConnection(error: unknown): boolean {
  return error instanceof ConnectionError || error instanceof TimeoutError
}

// How Node, its `fetch` and others built on it call a connection that never stood.
const UNCONNECTED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
])

// These come to connections that stand, too.
const MAYBE_UNCONNECTED: ReadonlySet<unknown> = new Set([
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
])

/** Whether the service surely has not been given the whole request. */
function isUnsent(error: unknown): boolean {
  if (error instanceof StaleConnection) return true
  const { code, syscall } = (error ?? {}) as Readonly<Record<string, unknown>>
  // Several addresses were tried, and none was reached.
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isUnsent)
  return UNCONNECTED.has(code) || (MAYBE_UNCONNECTED.has(code) && syscall === 'connect')
}

interface Failure {
  readonly reason: string
  readonly isUnsent: boolean
  /** The reason once more, for who looks for a code. */
  readonly error: Error
}

/**
 * Of the system's error, which `fetch` has wrapped, the code or the name: all that a reader needs,
 * and no text, in which a runtime may quote a header that it does not like.
 */
function innermost(error: unknown): Failure {
  if (error instanceof Error && error.cause instanceof Error) return innermost(error.cause)
  const { code, name } = (error ?? {}) as Readonly<Record<string, unknown>>
  const said = [code, name].find((text) => typeof text === 'string' && /^\w{1,64}$/.test(text))
  const reason = typeof said === 'string' ? said : 'no reason given'
  const known = Object.assign(new Error(reason), { code: reason })
  return { reason, isUnsent: isUnsent(error), error: known }
}
