import { isFault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { recordKeyOf, type RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'

export interface RemoveDamagedInput {
  /** The name of the record, as the fault and the log give it. */
  readonly record: string
}

/**
 * Removes the record of an object, or of a scheduled task, that does not open: the way out where the
 * ordinary operations, which must open it, all end in `RecordCorrupt`. One that opens is refused, so
 * that nothing whole is lost past soft delete and purge protection.
 */
export const removeDamaged = operation<RemoveDamagedInput, undefined>({
  name: 'RecordRemoveDamaged',
  permission: 'maintenance/run',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ record }) => record,

  async run({ unit }, { record }) {
    const key = removableKey(record)
    if (!(await unit.claimOne(key))) {
      throw invalidInput('record', 'there is no record of that name; give it as the log has it')
    }
    if (!(await isDamaged(unit, key))) {
      throw invalidInput('record', 'it is whole; delete the object in the ordinary way')
    }
    unit.delete(key)
    return undefined
  },
})

/**
 * What belongs to the server, a tenant or its directory is not removed: without it more is lost than
 * with it, so a backup has to be put back.
 */
function removableKey(record: string): RecordKey {
  const [tenant, area, ...rest] = record.split('/')
  const ofVault = area === 'v' && rest.length >= 3
  if (tenant !== 'system' && (ofVault || area === 'due')) {
    try {
      return recordKeyOf(...record.split('/'))
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause
    }
  }
  throw invalidInput('record', 'it must name an object of a vault or a scheduled task, in full')
}

/** Damage of another record, such as the key it is sealed with, is not its own. */
async function isDamaged(unit: UnitOfWork, key: RecordKey): Promise<boolean> {
  try {
    await unit.get(key)
    return false
  } catch (thrown) {
    if (isFault(thrown, 'RecordCorrupt') && thrown.detail.record === key) return true
    throw thrown
  }
}
