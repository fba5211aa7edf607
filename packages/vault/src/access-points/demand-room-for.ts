import { invalidInput } from '../invalid-input.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'

const MAXIMUM_PER_TENANT = 500

/** @throws Fault InvalidInput when a tenant has as many things of a kind as it may have. */
export async function demandRoomFor(unit: UnitOfWork, prefix: RecordKey): Promise<void> {
  const found = await unit.list(prefix, { limit: MAXIMUM_PER_TENANT })
  if (found.length < MAXIMUM_PER_TENANT) return
  const reason = `there are ${MAXIMUM_PER_TENANT}, the most there can be; delete one first`
  throw invalidInput('name', reason)
}
