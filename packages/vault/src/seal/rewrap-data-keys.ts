import { Fault, isFault } from '../fault.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { Put, Store, StoredRecord } from '../store/store.ts'
import { DATA_KEYS } from './data-key-record.ts'
import type { RootKeys } from './root-keys.ts'
import { SEAL_RECORD } from './seal-record.ts'

/** Data keys in one commit: some 30 KB. */
const PAGE = 200
const ATTEMPTS = 10

/**
 * Wraps every data key under the current root key, page by page; what is done stays done when it
 * stops in between, and a second run finds only the rest. New data keys are wrapped under the
 * current root key already, because their commit checks the seal record.
 * @throws Fault RecordCorrupt, naming the data key that does not open: its root key must stay.
 */
export async function rewrapDataKeys(store: Store, roots: RootKeys): Promise<void> {
  let after: RecordKey | undefined
  let conflicts = 0
  for (;;) {
    const page = await store.list(DATA_KEYS, { limit: PAGE, ...(after && { after }) })
    const last = page.at(-1)
    if (last === undefined) return
    if (page.some((record) => roots.lacksRootOf(record))) await roots.reload()
    const old = page.filter((record) => !roots.isCurrent(record))
    const puts = old.map((record) => rewrap(roots, record))
    const checks = [
      { key: SEAL_RECORD, version: roots.set.sealVersion },
      ...old.map(({ key, version }) => ({ key, version })),
    ]
    try {
      if (puts.length > 0) await store.commit({ checks, puts, deletes: [], audit: [] })
      after = last.key
      conflicts = 0
    } catch (thrown) {
      // A scope was destroyed, or another process rewraps too: look at the page again.
      if (!isFault(thrown, 'Conflict') || ++conflicts >= ATTEMPTS) throw thrown
      await roots.reload()
    }
  }
}

function rewrap(roots: RootKeys, record: StoredRecord): Put {
  const dataKey = roots.unwrap(record)
  if (dataKey instanceof Fault) throw dataKey
  return roots.wrap(record.key, record.version + 1, dataKey)
}
