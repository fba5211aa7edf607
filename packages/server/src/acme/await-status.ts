import { setTimeout as sleep } from 'node:timers/promises'
import type { AcmeObject } from './acme-object.ts'
import type { AcmeSession } from './acme-session.ts'

/** How often a server is asked whether it is done, in milliseconds. */
export interface Pace {
  readonly first: number
  /** The pauses double up to this. */
  readonly longest: number
}

/**
 * Looks at an order or an authorization until its status is none of those that pass by themselves
 * (RFC 8555 §7.1.6). The library could wait too, but nothing would end it, it takes refusals for
 * pauses, and it does not heed Retry-After.
 */
export async function awaitStatus(
  session: AcmeSession,
  look: () => Promise<AcmeObject>,
  passing: readonly string[],
  pace: Pace,
  signal: AbortSignal,
): Promise<AcmeObject> {
  for (let pause = pace.first; ; pause = Math.min(2 * pause, pace.longest)) {
    const object = await look()
    if (!passing.includes(object.demandText('status'))) return object
    await sleep(Math.max(pause, session.wish), undefined, { signal })
  }
}
