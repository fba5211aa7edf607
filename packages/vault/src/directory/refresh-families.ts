import { KeyedQueue } from '../keyed-queue.ts'
import type { Seal } from '../seal/seal.ts'
import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { Store } from '../store/store.ts'
import type { EpochSeconds } from '../time.ts'
import type { FamilyPlace, Grant } from './refresh-token.ts'
import { committed } from './sign-in-commit.ts'
import { ticketKey } from './ticket.ts'

/** Which families of refresh tokens one person has with one program, the oldest first. */
interface Families {
  readonly places: readonly FamilyPlace[]
}

/** Each is a sign-in of one person to one program, on one machine or in one browser. */
export const MAXIMUM_FAMILIES = 50

/** Keeps a person from filling the store: of many sign-ins to one program the oldest end. */
export class RefreshFamilies {
  readonly #ports: { readonly store: Store; readonly seal: Seal }
  /** Side by side all but one of a person's sign-ins to a program would begin again. */
  readonly #turns = new KeyedQueue()

  constructor(ports: { readonly store: Store; readonly seal: Seal }) {
    this.#ports = ports
  }

  /** Counts a family that has begun. @throws Fault StoreUnavailable */
  async add(
    tenant: string,
    { user, client }: Pick<Grant, 'user' | 'client'>,
    place: FamilyPlace,
    now: EpochSeconds,
  ): Promise<void> {
    const key = familiesKey(tenant, user, client)
    const add = (): Promise<void> =>
      committed(this.#ports, async (unit) => {
        const known = (await unit.get<Families>(key))?.meta.places ?? []
        const places = [...known.filter(({ expiresAt }) => expiresAt > now), place]
        for (const one of places.slice(0, -MAXIMUM_FAMILIES)) {
          const family = ticketKey(tenant, 'refresh-token', one)
          await unit.claimOne(family)
          unit.delete(family)
        }
        unit.put<Families>(key, { meta: { places: places.slice(-MAXIMUM_FAMILIES) } })
        return { result: undefined, audit: [] }
      })
    await this.#turns.run(key, add)
  }
}

/** Everything that is kept of the sign-ins of one person. */
export function familiesPrefix(tenant: string, user: string): RecordKey {
  return prefixOf(tenant, 'refresh-families', user.toLowerCase())
}

function familiesKey(tenant: string, user: string, client: string): RecordKey {
  return recordKeyOf(tenant, 'refresh-families', user.toLowerCase(), client.toLowerCase())
}
