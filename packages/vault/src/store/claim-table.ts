import { randomInt } from 'node:crypto'
import { Fault } from '../fault.ts'

/** Milliseconds that a claim is remembered for at least; at most twice as long. */
export const CLAIM_WINDOW_MS = 1_800_000

/** Claims of one generation: some 6,600 a second for half an hour, in at most 128 MiB. */
const MAXIMUM_CLAIMS = 12_000_000

/**
 * Remembers what was claimed (`Change.claims`) for half an hour, as 64 bits of each claim in two
 * generations of compact tables: that two claims of a million are mistaken for one another has a
 * chance below 10^-7. What does not fit any more is refused, never forgotten early.
 */
export class ClaimTable {
  readonly #maximumClaims: number
  #current: Generation
  #previous: Generation
  #since = Number.NEGATIVE_INFINITY

  constructor(maximumClaims = MAXIMUM_CLAIMS) {
    this.#maximumClaims = maximumClaims
    this.#current = new Generation()
    this.#previous = new Generation()
  }

  /** Octets of memory that the claims take. */
  get byteLength(): number {
    return this.#current.byteLength + this.#previous.byteLength
  }

  /**
   * Looks whether claims can be made; it makes none.
   * @param now milliseconds on a clock that is never set back.
   * @throws Fault RequestReplayed when one of them was made before; StoreUnavailable when there is
   *   no room.
   */
  demandFree(claims: readonly string[], now: number): void {
    this.#turn(now)
    for (const claim of claims) {
      const hash = hashOf(claim)
      if (this.#current.has(hash) || this.#previous.has(hash)) {
        throw new Fault('RequestReplayed', {})
      }
    }
    if (this.#current.count + claims.length <= this.#maximumClaims) return
    const reason = 'there were more requests within half an hour than can be told from replays'
    throw new Fault('StoreUnavailable', { reason })
  }

  /** Makes claims. @param now as of `demandFree`. */
  add(claims: Iterable<string>, now: number): void {
    this.#turn(now)
    for (const claim of claims) this.#current.add(hashOf(claim))
  }

  #turn(now: number): void {
    const age = now - this.#since
    if (age < CLAIM_WINDOW_MS) return
    this.#previous = age < 2 * CLAIM_WINDOW_MS ? this.#current : new Generation()
    this.#current = new Generation()
    this.#since = now
  }
}

/** Two words of 32 bits. */
interface Hash {
  readonly high: number
  readonly low: number
}

function hashOf(claim: string): Hash {
  const octets = Buffer.from(claim, 'base64url')
  const high = octets.readUInt32LE(0)
  const low = octets.readUInt32LE(4)
  // Two zeros mark an empty slot.
  return high === 0 && low === 0 ? { high, low: 1 } : { high, low }
}

const SHARD_BITS = 8
const FIRST_SLOT_BITS = 5

/**
 * A hash table in 256 parts, each of which grows by itself: to double one of 128 MiB at once would
 * hold up every commit. Where a claim goes depends on random multipliers, or whoever chooses nonces
 * could choose them to meet in one place.
 */
class Generation {
  readonly #shards = Array.from({ length: 2 ** SHARD_BITS }, () => new Shard())
  /** Odd, of 32 bits. */
  readonly #multipliers = [randomInt(2 ** 31) * 2 + 1, randomInt(2 ** 31) * 2 + 1] as const
  count = 0

  get byteLength(): number {
    return this.#shards.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  has(hash: Hash): boolean {
    const place = this.#placeOf(hash)
    return this.#shardOf(place)?.has(hash, place) ?? false
  }

  add(hash: Hash): void {
    const place = this.#placeOf(hash)
    if (this.#shardOf(place)?.add(hash, place, (other) => this.#placeOf(other)) === true) {
      this.count += 1
    }
  }

  /** 32 bits: the upper ones choose the shard, those after them the slot in it. */
  #placeOf({ high, low }: Hash): number {
    const [first, second] = this.#multipliers
    return (Math.imul(high, first) + Math.imul(low, second)) >>> 0
  }

  #shardOf(place: number): Shard | undefined {
    return this.#shards[place >>> (32 - SHARD_BITS)]
  }
}

/** Open addressing with linear probing, at most three quarters full. */
class Shard {
  #bits = FIRST_SLOT_BITS
  #slots = new Uint32Array(2 * 2 ** FIRST_SLOT_BITS)
  #count = 0

  get byteLength(): number {
    return this.#slots.byteLength
  }

  has(hash: Hash, place: number): boolean {
    const at = this.#find(hash, place)
    return this.#slots[at] !== 0 || this.#slots[at + 1] !== 0
  }

  /** @returns whether it was not there before. */
  add(hash: Hash, place: number, placeOf: (hash: Hash) => number): boolean {
    if (this.has(hash, place)) return false
    if (4 * (this.#count + 1) > 3 * 2 ** this.#bits) this.#grow(placeOf)
    this.#put(hash, place)
    this.#count += 1
    return true
  }

  #put(hash: Hash, place: number): void {
    const at = this.#find(hash, place)
    this.#slots[at] = hash.high
    this.#slots[at + 1] = hash.low
  }

  /** Where the hash stands, or would stand. */
  #find({ high, low }: Hash, place: number): number {
    const slots = this.#slots
    const mask = 2 ** this.#bits - 1
    let slot = ((place << SHARD_BITS) >>> (32 - this.#bits)) & mask
    for (;;) {
      const at = 2 * slot
      const isEmpty = slots[at] === 0 && slots[at + 1] === 0
      if (isEmpty || (slots[at] === high && slots[at + 1] === low)) return at
      slot = (slot + 1) & mask
    }
  }

  #grow(placeOf: (hash: Hash) => number): void {
    const before = this.#slots
    this.#bits += 1
    this.#slots = new Uint32Array(2 * 2 ** this.#bits)
    for (let at = 0; at < before.length; at += 2) {
      const hash = { high: before[at] ?? 0, low: before[at + 1] ?? 0 }
      if (hash.high !== 0 || hash.low !== 0) this.#put(hash, placeOf(hash))
    }
  }
}
