/** How often and how slowly a request is repeated. */
export interface RetryOptions {
  /** Repetitions after the first attempt; 3 unless said, 0 for none. */
  readonly maxRetries?: number
  /** The longest first wait in milliseconds, doubled with each; 800 unless said. */
  readonly retryDelayInMs?: number
  /**
   * The longest wait in milliseconds, 64,000 unless said. When the service asks for a longer one,
   * the error is thrown at once and carries it as `retryAfterMs`.
   */
  readonly maxRetryDelayInMs?: number
}

/** What the service says about when to come back, in milliseconds; `undefined` when nothing. */
export function retryAfterMs(headers: Headers, now: number = Date.now()): number | undefined {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms', 'x-acs-retry-after']) {
    const milliseconds = wholeNumber(headers.get(name))
    if (milliseconds !== undefined) return milliseconds
  }
  const text = headers.get('retry-after')
  const seconds = wholeNumber(text)
  if (seconds !== undefined) return seconds * 1000
  // RFC 9110 §10.2.3: or a date.
  const date = Date.parse(text ?? '')
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,12}$/.test(text.trim()) ? Number(text) : undefined
}

const NOT_PROCESSED: ReadonlySet<number> = new Set([429, 503])
const PERHAPS_PROCESSED: ReadonlySet<number> = new Set([408, 500, 502, 504])

/**
 * Whether an answer of this status is worth another attempt. 429 and 503 say that nothing was done,
 * the others do not, so they are repeated only for what may be done twice.
 */
export function isWorthRepeating(status: number, isRepeatable: boolean): boolean {
  return NOT_PROCESSED.has(status) || (isRepeatable && PERHAPS_PROCESSED.has(status))
}

/**
 * How long to wait before repetition number `retry` (from 0), in milliseconds, or `undefined` when
 * it is to be given up. A random half keeps many clients from coming back at one time.
 */
export function delayBefore(
  retry: number,
  options: RetryOptions,
  asked?: number,
): number | undefined {
  const { maxRetries = 3, retryDelayInMs = 800, maxRetryDelayInMs = 64_000 } = options
  if (retry >= maxRetries) return undefined
  if (asked !== undefined) return asked <= maxRetryDelayInMs ? asked : undefined
  const longest = Math.min(retryDelayInMs * 2 ** retry, maxRetryDelayInMs)
  return longest / 2 + (Math.random() * longest) / 2
}
