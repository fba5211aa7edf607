import { operation } from '../operation.ts'
import type { RecordKey } from '../store/record-key.ts'

/** Drops a scheduled task whose object no longer exists. */
export const forgetDue = operation<{ readonly key: RecordKey }, undefined>({
  name: 'SchedulerForget',
  permission: 'maintenance/run',
  writes: true,
  target: () => ({ scope: '/' }),

  async run({ unit }, { key }) {
    await unit.get(key)
    unit.delete(key)
    return undefined
  },
})
