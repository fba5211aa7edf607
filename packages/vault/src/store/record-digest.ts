// What a store as a whole must hold. The seal shows a record that was changed, but a record that was
// put back whole is as good as it was; that it is not the newest only something beside it can tell.
import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import type { RecordKey } from './record-key.ts'

const KEY_BYTES = 32
/** More groups name more records that were put back at once; each costs 16 octets of the head. */
const GROUPS = 64
const LANES = 4
const LANE_DIGITS = 8
const SUM_BYTES = GROUPS * LANES * 4
const ENCODED_BYTES = KEY_BYTES + SUM_BYTES

/** A stored record's name, and which version of it there is. */
export interface RecordVersion {
  readonly key: RecordKey
  readonly version: number
}

/**
 * A digest of which version of which record there is, kept current with each change: two stores with
 * the same digest hold the same versions of the same records. Only the version counts: whether a
 * record's bytes are those of its version, its seal shows.
 *
 * The MSet-XOR-Hash of Clarke, Devadas, van Dijk, Gassend and Suh (Incremental Multiset Hash
 * Functions and Their Application to Memory Integrity Checking, ASIACRYPT 2003) over HMAC-SHA-256
 * cut to 128 bits, for 64 groups of keys apart. It must be kept sealed: who knows the digests could
 * look for changes that cancel out.
 */
export class RecordDigest {
  readonly #keyBytes: Uint8Array
  readonly #key: KeyObject
  readonly #sums: Uint32Array

  private constructor(keyBytes: Uint8Array, key: KeyObject, sums: Uint32Array) {
    this.#keyBytes = keyBytes
    this.#key = key
    this.#sums = sums
  }

  /** The digest of a store without records, under a key of its own. */
  static create(): RecordDigest {
    const key = randomBytes(KEY_BYTES)
    return new RecordDigest(key, createSecretKey(key), new Uint32Array(GROUPS * LANES))
  }

  /** @throws RangeError when the bytes are not a digest. */
  static decode(bytes: Uint8Array): RecordDigest {
    if (bytes.byteLength !== ENCODED_BYTES) {
      throw new RangeError(`a digest of records has ${ENCODED_BYTES} octets`)
    }
    const key = Buffer.from(bytes.subarray(0, KEY_BYTES))
    const view = new DataView(bytes.buffer, bytes.byteOffset + KEY_BYTES, SUM_BYTES)
    const sums = Uint32Array.from({ length: GROUPS * LANES }, (_, lane) => view.getUint32(lane * 4))
    return new RecordDigest(key, createSecretKey(key), sums)
  }

  /** 1,056 octets: the key, then the digests of the groups. */
  encode(): Uint8Array {
    const bytes = Buffer.alloc(ENCODED_BYTES)
    bytes.set(this.#keyBytes)
    this.#sums.forEach((sum, lane) => bytes.writeUInt32BE(sum, KEY_BYTES + lane * 4))
    return bytes
  }

  copy(): RecordDigest {
    return new RecordDigest(this.#keyBytes, this.#key, this.#sums.slice())
  }

  /** The digest of a store without records, under the same key, to compare this one with. */
  emptied(): RecordDigest {
    return new RecordDigest(this.#keyBytes, this.#key, new Uint32Array(GROUPS * LANES))
  }

  equals(other: RecordDigest): boolean {
    return this.#sums.every((sum, lane) => sum === other.#sums[lane])
  }

  /** Takes in a version that was not there, or out one that was. */
  toggle({ key, version }: RecordVersion): void {
    const at = groupOf(key) * LANES
    const stamp = this.#stamp(key, version)
    for (let lane = 0; lane < LANES; lane++) {
      const sum = this.#sums[at + lane] ?? 0
      this.#sums[at + lane] = sum ^ lanePart(stamp, lane)
    }
  }

  /** The groups in which this one and another under the same key differ. */
  differences(other: RecordDigest): readonly GroupDifference[] {
    const found: GroupDifference[] = []
    for (let group = 0; group < GROUPS; group++) {
      const [mine, theirs] = [this.#sum(group), other.#sum(group)]
      if (mine !== theirs) found.push({ group, stamp: xor(mine, theirs) })
    }
    return found
  }

  /** The contribution of one version: 32 hexadecimal digits. */
  stampOf({ key, version }: RecordVersion): string {
    return this.#stamp(key, version)
  }

  // A key has no line feed (`recordKeyOf`), so no two pairs make one text.
  #stamp(key: RecordKey, version: number): string {
    const mac = createHmac('sha256', this.#key).update(`${key}\n${version}`)
    return mac.digest('hex').slice(0, LANES * LANE_DIGITS)
  }

  #sum(group: number): string {
    const lanes = this.#sums.subarray(group * LANES, (group + 1) * LANES)
    return Array.from(lanes, hexLane).join('')
  }
}

/** By how much the digests of one group differ. */
export interface GroupDifference {
  readonly group: number
  /** The stamps of all that differs, taken together by exclusive or. */
  readonly stamp: string
}

/** Which of the groups a record belongs to; by FNV-1a, since anybody may know it. */
export function groupOf(key: RecordKey): number {
  let sum = 0x811c9dc5
  for (let index = 0; index < key.length; index++) {
    sum = Math.imul(sum ^ key.charCodeAt(index), 0x01000193)
  }
  return (sum >>> 0) % GROUPS
}

/** The exclusive or of two stamps. */
export function xor(one: string, two: string): string {
  let result = ''
  for (let lane = 0; lane < LANES; lane++) {
    result += hexLane((lanePart(one, lane) ^ lanePart(two, lane)) >>> 0)
  }
  return result
}

function lanePart(stamp: string, lane: number): number {
  return Number.parseInt(stamp.slice(lane * LANE_DIGITS, (lane + 1) * LANE_DIGITS), 16)
}

function hexLane(value: number): string {
  return value.toString(16).padStart(LANE_DIGITS, '0')
}
