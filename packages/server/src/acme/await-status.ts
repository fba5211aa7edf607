import { setTimeout as sleep } from 'node:timers/promises'
import type { AcmeObject } from './acme-object.ts'
import { objectOf, type AcmeSession } from './acme-session.ts'

/** How often a server is asked whether it is done, in milliseconds. */
export interface Pace {
  readonly first: number
  /** The pauses double up to this. */
  readonly longest: number
}

/** Longer pauses than this a server may wish, but an order has ten minutes. */
const LONGEST_WISH_MILLISECONDS = 60_000

/**
 * Asks for an order or an authorization until its status is none of those that pass by themselves
 * (RFC 8555 §7.1.6); heeds Retry-After.
 */
export async function awaitStatus(
  session: AcmeSession,
  url: string,
  passing: readonly string[],
  pace: Pace,
  signal: AbortSignal,
): Promise<AcmeObject> {
  for (let pause = pace.first; ; pause = Math.min(2 * pause, pace.longest)) {
    const response = await session.post(url)
    const object = objectOf(response)
    if (!passing.includes(object.demandText('status'))) return object
    const wish = wishOf(response.headers.get('retry-after'))
    await sleep(Math.max(pause, Math.min(wish, LONGEST_WISH_MILLISECONDS)), undefined, { signal })
  }
}

/** Milliseconds; 0 for no wish. The form with a date is for servers with our very time, so for none. */
function wishOf(retryAfter: string | null): number {
  return /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) * 1000 : 0
}
