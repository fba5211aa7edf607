import type { AuditLog } from '@claviger/vault'
import type { Log } from '../log.ts'
import { SystemClock } from './system-clock.ts'

/** The longest life of an access token; a clock that is set back by more was wrong before. */
const BELIEVED_MILLISECONDS = 86_400_000

/**
 * The clock of a server that starts: no earlier than the last entry of its audit, even when the
 * machine's clock was set back meanwhile. Else the tokens of the hour before were refused as not yet
 * valid, and what was revoked or had expired would be good again. Of more than a day it is the
 * machine's clock that is believed, or one that was wrong once would never be put right.
 * @throws Fault RecordCorrupt when the sealed head of the audit does not open.
 */
export async function clockAfter(
  auditLog: Pick<AuditLog, 'head' | 'entries'>,
  log: Pick<Log, 'warn'>,
  wall: () => number = Date.now,
): Promise<SystemClock> {
  const last = await timeOfLastEntry(auditLog)
  const now = wall()
  if (last === undefined || last <= now) return new SystemClock(0, wall)
  const times = { machine: new Date(now).toISOString(), lastEntry: new Date(last).toISOString() }
  if (last - now > BELIEVED_MILLISECONDS) {
    log.warn(
      'The clock of the machine stands more than a day before the last entry of the audit. It is ' +
        'believed: tokens from before are refused until they expire, so programs must sign in again. ' +
        'If it is wrong, set it and start again.',
      times,
    )
    return new SystemClock(0, wall)
  }
  log.warn(
    'The clock of the machine was set back. Time goes on from the last entry of the audit, at half ' +
      'pace until the machine has caught up. If the clock is wrong, set it.',
    times,
  )
  return new SystemClock(last, wall)
}

/** Milliseconds; `undefined` when there is none, or tampering has left nothing to read. */
async function timeOfLastEntry(
  auditLog: Pick<AuditLog, 'head' | 'entries'>,
): Promise<number | undefined> {
  const { count } = await auditLog.head()
  if (count === 0) return undefined
  const [last] = await auditLog.entries(count - 1, 1)
  // Entries are written in one place, which puts the time first; nothing else has this form.
  const time = /^\{"time":"([^"]{24})"/.exec(last?.entry ?? '')?.[1]
  const milliseconds = Date.parse(time ?? '')
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}
