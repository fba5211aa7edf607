import type { RecordKey } from '../store/record-key.ts'
import type { Change, Store, StoredRecord } from '../store/store.ts'

/** Where a process dies: just before its nth commit lands, or just after. */
export interface Crash {
  readonly commit: number
  readonly landed: boolean
}

/** A store whose process dies at one of its commits; nothing can be asked of it after. */
export class CrashingStore implements Store {
  readonly #store: Store
  readonly #crash: Crash
  #commits = 0
  #crashed = false

  constructor(store: Store, crash: Crash) {
    this.#store = store
    this.#crash = crash
  }

  get crashed(): boolean {
    return this.#crashed
  }

  async read(keys: readonly RecordKey[]): Promise<readonly (StoredRecord | undefined)[]> {
    this.#demandAlive()
    return this.#store.read(keys)
  }

  async list(
    prefix: RecordKey,
    page: { readonly after?: RecordKey; readonly limit: number },
  ): Promise<readonly StoredRecord[]> {
    this.#demandAlive()
    return this.#store.list(prefix, page)
  }

  async commit(change: Change): Promise<void> {
    this.#demandAlive()
    this.#commits += 1
    const now = this.#commits === this.#crash.commit
    if (!now || this.#crash.landed) await this.#store.commit(change)
    if (!now) return
    this.#crashed = true
    this.#demandAlive()
  }

  #demandAlive(): void {
    if (this.#crashed) throw new Error('the process has died')
  }
}
