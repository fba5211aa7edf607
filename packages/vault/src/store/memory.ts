import type { AuditLog, ChainedEntry, HeadSealer } from '../audit/audit-log.ts'
import { append, EMPTY_CHAIN, encodeHead, type ChainHead } from '../audit/chain.ts'
import { openHead } from '../audit/open-head.ts'
import { Fault } from '../fault.ts'
import type { Sealed } from '../seal/sealed.ts'
import type { Clock } from '../time.ts'
import { assertChange } from './assert-change.ts'
import { ClaimTable } from './claim-table.ts'
import { keyRange } from './key-range.ts'
import type { RecordKey } from './record-key.ts'
import type { Change, Store, StoredRecord } from './store.ts'

/** One half of a record: the body, or the witness. */
export interface Half<Bytes extends Uint8Array> {
  readonly version: number
  readonly bytes: Bytes
}

/** All that a `MemoryStore` keeps; a test that plays the attacker holds it too. */
export interface MemoryContents {
  readonly bodies: Map<RecordKey, Half<Sealed>>
  readonly witnesses: Map<RecordKey, Half<Uint8Array>>
  readonly entries: ChainedEntry[]
  sealedHead: Uint8Array | undefined
}

const NOTHING = new Uint8Array(0)

/**
 * Keeps everything in memory: the reference that the durable stores are compared with. Bytes are
 * copied on the way in and out, so that nobody changes a record but by a commit.
 */
export class MemoryStore implements Store, AuditLog {
  readonly #sealer: HeadSealer
  readonly #contents: MemoryContents
  readonly #clock: Clock
  readonly #claims = new ClaimTable()
  #head: ChainHead = EMPTY_CHAIN

  /**
   * @param clock after whose half hours claims are forgotten; without it they never are.
   * @throws Fault RecordCorrupt when the contents bring a sealed head that does not open.
   */
  constructor(
    sealer: HeadSealer,
    contents: MemoryContents = emptyContents(),
    clock: Clock = { now: () => 0 },
  ) {
    this.#sealer = sealer
    this.#contents = contents
    this.#clock = clock
    if (contents.sealedHead === undefined) this.#moveHead(EMPTY_CHAIN)
    else this.#head = openHead(sealer, contents.sealedHead)
  }

  async read(keys: readonly RecordKey[]): Promise<readonly (StoredRecord | undefined)[]> {
    return keys.map((key) => this.#record(key))
  }

  async list(
    prefix: RecordKey,
    { after, limit }: { readonly after?: RecordKey; readonly limit: number },
  ): Promise<readonly StoredRecord[]> {
    const { start, end } = keyRange(prefix, after)
    const { bodies, witnesses } = this.#contents
    // A key is ASCII (`recordKeyOf`), so the order of its UTF-16 units is that of its UTF-8 bytes.
    return [...new Set([...bodies.keys(), ...witnesses.keys()])]
      .filter((key) => key > start && key < end)
      .sort()
      .slice(0, limit)
      .flatMap((key) => this.#record(key) ?? [])
  }

  async commit(change: Change): Promise<void> {
    assertChange(change)
    const { claims = [] } = change
    const now = this.#clock.now()
    this.#claims.demandFree(claims, now)
    for (const { key, version } of change.checks) {
      if ((this.#record(key)?.version ?? 'absent') !== version) throw new Fault('Conflict', {})
    }
    const { bodies, witnesses } = this.#contents
    for (const { key, version, body, witness } of change.puts) {
      bodies.set(key, { version, bytes: copyOf(body) })
      witnesses.set(key, { version, bytes: copyOf(witness) })
    }
    for (const key of change.deletes) {
      bodies.delete(key)
      witnesses.delete(key)
    }
    this.#append(change.audit)
    this.#claims.add(claims, now)
  }

  async entries(after: number, limit: number): Promise<readonly ChainedEntry[]> {
    return this.#contents.entries.filter(({ sequence }) => sequence > after).slice(0, limit)
  }

  async head(): Promise<ChainHead> {
    return openHead(this.#sealer, this.#contents.sealedHead)
  }

  async prune(through: number): Promise<void> {
    if (through < this.#head.first) return
    if (through > this.#head.count) throw new RangeError('there is no such audit entry yet')
    const { entries } = this.#contents
    const index = entries.findIndex(({ sequence }) => sequence === through)
    const last = entries[index]
    if (last === undefined) {
      const record = `audit entry ${through}`
      throw new Fault('RecordCorrupt', { record, reason: 'it is missing' })
    }
    entries.splice(0, index + 1)
    this.#moveHead({ ...this.#head, first: through + 1, base: last.hash })
  }

  #append(audit: readonly string[]): void {
    let head = this.#head
    for (const entry of audit) {
      const link = append(head, entry)
      this.#contents.entries.push({ sequence: link.sequence, entry, hash: link.hash })
      head = link.head
    }
    if (head !== this.#head) this.#moveHead(head)
  }

  #moveHead(head: ChainHead): void {
    this.#head = head
    this.#contents.sealedHead = this.#sealer.sealHead(encodeHead(head))
  }

  #record(key: RecordKey): StoredRecord | undefined {
    const body = this.#contents.bodies.get(key)
    const witness = this.#contents.witnesses.get(key)
    const version = body?.version ?? witness?.version
    if (version === undefined) return undefined
    return {
      key,
      version,
      body: copyOf(body?.bytes ?? NOTHING) as Sealed, // the seal's own bytes, or none
      witness: copyOf(witness?.bytes ?? NOTHING),
    }
  }
}

function emptyContents(): MemoryContents {
  return { bodies: new Map(), witnesses: new Map(), entries: [], sealedHead: undefined }
}

/** Not `slice()`: a Buffer's shares its memory. */
function copyOf<Bytes extends Uint8Array>(bytes: Bytes): Bytes {
  return new Uint8Array(bytes) as Uint8Array as Bytes
}
