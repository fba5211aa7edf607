import { Fault } from '../fault.ts'
import type { Change, Store, StoredRecord } from '../store/store.ts'
import type { RootSet } from './root-set.ts'
import { newSealKey, sealKeyFor, type SealKey } from './seal-key.ts'
import type { SealMaterial } from './seal-material.ts'
import { encodeSealRecord, openSealRecord, readSealHeader, SEAL_RECORD } from './seal-record.ts'

/** Reads and writes the seal record; only a process that was given the seal key has one. */
export class SealKeeper {
  readonly #store: Store
  #sealKey: SealKey

  private constructor(store: Store, sealKey: SealKey) {
    this.#store = store
    this.#sealKey = sealKey
  }

  /** For a store that is yet to be sealed with this material. */
  static async forNew(store: Store, material: SealMaterial): Promise<SealKeeper> {
    return new SealKeeper(store, await newSealKey(material))
  }

  /**
   * For a store that is sealed.
   * @throws Fault UnsealFailed when the material is not what the store is sealed with.
   * @throws Fault RecordCorrupt when the seal record was changed.
   */
  static async forSealed(store: Store, material: SealMaterial): Promise<SealKeeper> {
    const header = readSealHeader(await readSealRecord(store))
    return new SealKeeper(store, await sealKeyFor(material, header))
  }

  /** The root keys that stand in the store now. */
  async read(): Promise<RootSet> {
    const record = await readSealRecord(this.#store)
    if (readSealHeader(record).keyId !== this.#sealKey.header.keyId) {
      const reason = 'the seal was changed by another process; start this one with the new seal'
      throw new Fault('UnsealFailed', { reason })
    }
    return openSealRecord(record, this.#sealKey)
  }

  /**
   * Writes the root keys, replacing the record they were read from (`sealVersion`, 0 for none).
   * @throws Fault Conflict when another process was faster: nothing was written.
   */
  async write(roots: RootSet, change: Partial<Change> = {}): Promise<RootSet> {
    return this.#write(this.#sealKey, roots, change)
  }

  /** Wraps the same root keys with another seal key, which is used from then on. */
  async change(
    material: SealMaterial,
    roots: RootSet,
    audit: readonly string[],
  ): Promise<RootSet> {
    const sealKey = await newSealKey(material)
    const written = await this.#write(sealKey, roots, { audit })
    this.#sealKey = sealKey
    return written
  }

  async #write(sealKey: SealKey, roots: RootSet, change: Partial<Change>): Promise<RootSet> {
    const sealVersion = roots.sealVersion + 1
    const version = roots.sealVersion === 0 ? 'absent' : roots.sealVersion
    await this.#store.commit({
      checks: [{ key: SEAL_RECORD, version }, ...(change.checks ?? [])],
      puts: [encodeSealRecord(sealVersion, sealKey, roots), ...(change.puts ?? [])],
      deletes: change.deletes ?? [],
      audit: change.audit ?? [],
    })
    return { ...roots, sealVersion }
  }
}

async function readSealRecord(store: Store): Promise<StoredRecord> {
  const [record] = await store.read([SEAL_RECORD])
  if (record !== undefined) return record
  throw new Fault('UnsealFailed', { reason: 'the store has no seal record (system/seal)' })
}
