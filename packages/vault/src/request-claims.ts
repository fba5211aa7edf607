import type { Call } from './access/caller.ts'
import type { RequestFacts } from './audit/entry.ts'
import type { Change } from './store/store.ts'

/** Claims what a request may be answered once for, with the first of its operations alone. */
export class RequestClaims {
  readonly #claimed = new WeakSet<RequestFacts>()

  /** The change, with what the request still has to claim. */
  claiming(change: Change, { request }: Call): Change {
    const { claims } = request
    return claims === undefined || this.#claimed.has(request) ? change : { ...change, claims }
  }

  /** Once a change that claims is committed. */
  remember({ request }: Call): void {
    if (request.claims !== undefined) this.#claimed.add(request)
  }
}
