import type { HeadSealer } from '../audit/audit-log.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { StoredRecord } from '../store/store.ts'
import { decodeContent, encodeContent } from './content-frame.ts'
import { dataKeyIn, newestDataKey, type DataKeys, type DataKeySet } from './data-keys.ts'
import { AUDIT_HEAD, BLOB, envelopeGeneration, RECORD, sealEnvelope } from './envelope.ts'
import { mintSealed } from './mint-sealed.ts'
import { openStored, recordCorrupt } from './open-stored.ts'
import { recordIdentity } from './record-identity.ts'
import { assertScope, scopeOf, type Scope } from './scope.ts'
import type { Content, Seal } from './seal.ts'
import type { Sealed } from './sealed.ts'
import { openWhole, sealWhole } from './whole-envelope.ts'

const HEAD = 'audit/head'
const HEAD_IDENTITY = Buffer.from(HEAD)

/**
 * The unwrapped data keys of one process: seals and opens records, the head of the audit chain, and
 * blobs. `unseal` and `keyringFromWorkerMaterial` make one; ADR 9 draws the hierarchy of keys.
 */
export class Keyring implements Seal, HeadSealer {
  readonly #dataKeys: DataKeys

  /** @param dataKeys with those of the system loaded. */
  constructor(dataKeys: DataKeys) {
    this.#dataKeys = dataKeys
  }

  prepare(wanted: readonly (RecordKey | StoredRecord)[]): Promise<void> | undefined {
    let loads: Map<Scope, boolean> | undefined
    for (const item of wanted) {
      const toSeal = typeof item === 'string'
      const scope = scopeOf(toSeal ? item : item.key)
      const held = this.#dataKeys.held(scope)
      if (toSeal ? held !== undefined && held.size > 0 : holdsKeyOf(item, held)) continue
      loads ??= new Map()
      loads.set(scope, toSeal || loads.get(scope) === true)
    }
    return loads && this.#load(loads)
  }

  seal(
    key: RecordKey,
    version: number,
    content: Content,
  ): { readonly body: Sealed; readonly witness: Uint8Array } {
    const dataKey = newestDataKey(this.#held(key))
    if (dataKey === undefined) throw new TypeError('a record is sealed that was not prepared')
    const plaintext = encodeContent(content)
    const sealed = sealEnvelope(RECORD, dataKey, recordIdentity(key, version), plaintext)
    plaintext.fill(0)
    return { body: mintSealed(sealed.body), witness: sealed.tag }
  }

  open(record: StoredRecord): Content {
    const plaintext = openStored(RECORD, dataKeyIn(this.#held(record.key), record.key), record)
    const content = decodeContent(plaintext)
    if (content === undefined) throw recordCorrupt(record.key, 'format unknown')
    return content
  }

  sealHead(head: Uint8Array): Uint8Array {
    const dataKey = newestDataKey(this.#dataKeys.held('system'))
    if (dataKey === undefined) throw new TypeError('the data key of the system is not loaded')
    return sealWhole(AUDIT_HEAD, dataKey, HEAD_IDENTITY, head)
  }

  openHead(sealed: Uint8Array): Uint8Array {
    const set = this.#dataKeys.held('system') ?? new Map()
    const head = openWhole(AUDIT_HEAD, dataKeyIn(set, HEAD), HEAD_IDENTITY, sealed)
    if (typeof head === 'string') throw recordCorrupt(HEAD, head)
    return head
  }

  async sealBlob(scope: string, purpose: string, bytes: Uint8Array): Promise<Uint8Array> {
    const identity = blobIdentity(scope, purpose)
    assertScope(scope)
    const held = this.#dataKeys.held(scope)
    const set = held && held.size > 0 ? held : await this.#dataKeys.loadOrCreate(scope)
    const dataKey = newestDataKey(set)
    if (dataKey === undefined) throw new TypeError('a scope that was prepared has a data key')
    return sealWhole(BLOB, dataKey, identity, bytes)
  }

  async openBlob(scope: string, purpose: string, blob: Uint8Array): Promise<Uint8Array> {
    const identity = blobIdentity(scope, purpose)
    assertScope(scope)
    const generation = envelopeGeneration(BLOB, blob)
    if (generation === undefined) throw recordCorrupt(purpose, 'format unknown')
    const held = this.#dataKeys.held(scope)
    const set = held?.has(generation) ? held : await this.#dataKeys.load(scope)
    const bytes = openWhole(BLOB, dataKeyIn(set, purpose), identity, blob)
    if (typeof bytes === 'string') throw recordCorrupt(purpose, bytes)
    return bytes
  }

  /**
   * Makes the next generation of a scope's data key, for what is sealed from now on. Others go on
   * sealing under the generation they know until `refresh`; what either seals, both open.
   */
  async rotateDataKey(scope: string, audit: readonly string[]): Promise<void> {
    assertScope(scope)
    await this.#dataKeys.rotate(scope, audit)
  }

  /**
   * Destroys all generations of a scope's data key, after a purge: what they sealed, blobs too, can
   * be read no more. The scope must not be sealed in again, and other processes must `forget` it.
   */
  async destroyDataKey(scope: string, audit: readonly string[]): Promise<void> {
    assertScope(scope)
    await this.#dataKeys.destroy(scope, audit)
  }

  /** Reads the data keys of a scope anew, after another process has rotated them. */
  async refresh(scope: string): Promise<void> {
    assertScope(scope)
    await this.#dataKeys.load(scope)
  }

  /** Drops the data keys of a scope that another process has destroyed. */
  forget(scope: string): void {
    assertScope(scope)
    this.#dataKeys.forget(scope)
  }

  #held(key: RecordKey): DataKeySet {
    const set = this.#dataKeys.held(scopeOf(key))
    if (set === undefined) throw new TypeError('a record is opened or sealed that was not prepared')
    return set
  }

  async #load(loads: ReadonlyMap<Scope, boolean>): Promise<void> {
    await Promise.all(
      Array.from(loads, ([scope, create]) =>
        create ? this.#dataKeys.loadOrCreate(scope) : this.#dataKeys.load(scope),
      ),
    )
  }
}

/** A record that cannot be opened anyway needs no key, only a set to look it up in. */
function holdsKeyOf(record: StoredRecord, held: DataKeySet | undefined): boolean {
  if (held === undefined) return false
  const generation = envelopeGeneration(RECORD, record.body)
  return generation === undefined || held.has(generation)
}

function blobIdentity(scope: string, purpose: string): Uint8Array {
  if (purpose.includes('\0')) throw new TypeError('the purpose of a blob has no zero octet')
  return Buffer.from(`${purpose}\0${scope}`)
}
