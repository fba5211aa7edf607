import type { AuditLog } from '../audit/audit-log.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { Store } from '../store/store.ts'

/** An open store as the contract suites use it. */
export interface ContractStore {
  readonly store: Store
  readonly audit: AuditLog
  readonly close: () => Promise<void>
  /** Closes it and opens it again over the same data. */
  reopen(): Promise<ContractStore>
  /** Takes one half of a record away behind the store's back. */
  loseHalf(key: RecordKey, half: 'body' | 'witness'): Promise<void>
}

/** Opens a store for the length of one test. */
export async function withStore(
  open: () => Promise<ContractStore>,
  body: (opened: ContractStore) => Promise<void>,
): Promise<void> {
  const opened = await open()
  try {
    await body(opened)
  } finally {
    await opened.close()
  }
}
