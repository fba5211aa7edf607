import {
  systemCall, tenantEpochKey, type Change, type RecordKey, type Seal, type StoredRecord, type Vault,
} from '@claviger/vault'
import type { Reader } from '@claviger/server/src/stores/embedded/reader.ts'
import type { Row } from '../rows/row.ts'
import type { Listing, ObservingStore } from '../store/observing-store.ts'
import { ChangeReplay } from './change-replay.ts'

/** What one performance of a row reads, opens and changes. */
export interface ObservedRow {
  readonly keys: readonly RecordKey[]
  readonly lists: readonly Listing[]
  readonly found: readonly StoredRecord[]
  readonly change: ChangeReplay | undefined
}

/** By whom a row is performed. */
const BENCH = systemCall('bench')

/**
 * Performs a row for each name and notes what it does with the store. The epochs, which every
 * operation reads to know whether its caches are true, are left out: they are what access control
 * costs here, and no part of a limit.
 */
export async function observeRow(
  row: Row,
  names: readonly string[],
  vault: Vault,
  store: ObservingStore,
  seal: Seal,
): Promise<readonly ObservedRow[]> {
  const [first] = names
  if (row.perform === undefined || first === undefined) return []
  const perform = row.perform.bind(row)
  const overhead = await store.observe(() => vault.view())
  const { id = '' } = (await (await vault.view()).defaultTenant()) ?? {}
  const epochs = [...overhead.reads.flat(), tenantEpochKey(id), tenantEpochKey(BENCH.caller.tenant)]
  const isOverhead = (key: RecordKey): boolean => epochs.includes(key)
  // Caches that the server has when it is warm are no part of a limit either.
  await store.observe(() => perform(vault, BENCH, first))
  const observed: ObservedRow[] = []
  for (const name of names) {
    const traffic = await store.observe(() => perform(vault, BENCH, name))
    const { change, lists } = traffic
    observed.push({
      keys: traffic.reads.flat().filter((key) => !isOverhead(key)),
      lists,
      found: traffic.found.filter(({ key }) => !isOverhead(key)),
      change: change && new ChangeReplay(seal, withoutShared(change, isOverhead)),
    })
  }
  return observed
}

/** Changes that write a record of all, such as the epoch, could not be replayed beside each other. */
function withoutShared(change: Change, isShared: (key: RecordKey) => boolean): Change {
  const isWritten = ({ key }: { readonly key: RecordKey }): boolean =>
    isShared(key) && change.puts.some((put) => put.key === key)
  return {
    ...change,
    checks: change.checks.filter((check) => !isWritten(check)),
    puts: change.puts.filter((put) => !isWritten(put)),
  }
}

/** The reads of a row, without anything around them. */
export function readAll({ keys, lists }: ObservedRow, reader: Reader): void {
  for (const key of keys) reader.read([key])
  for (const { prefix, page } of lists) reader.list(prefix, page)
}

/** The cryptography of a row: a change is sealed; what only reads is opened. */
export function cryptAll({ found, change }: ObservedRow, seal: Seal): void {
  if (change !== undefined) change.sealAll()
  else for (const record of found) seal.open(record)
}

/**
 * What the limit of a row consists of, in words. Where the row has cryptography of its own, that is
 * measured in place of sealing and opening.
 */
export function describeRow(
  { keys, lists, found, change }: ObservedRow,
  hasOperation: boolean,
): string {
  if (change !== undefined) {
    return hasOperation
      ? `its own cryptography, ${change.sealed} sealed records committed with the entry`
      : `${change.sealed} records sealed and committed with the entry`
  }
  const reads = [
    ...(keys.length > 0 ? [`${keys.length} point reads`] : []),
    ...lists.map(({ page }) => `one list of ${page.limit}`),
  ]
  return hasOperation
    ? `its own cryptography, ${reads.join(', ')}`
    : `${reads.join(', ')}, ${found.length} records opened`
}
