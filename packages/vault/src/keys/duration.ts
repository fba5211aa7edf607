import type { EpochSeconds } from '../time.ts'

/** A duration of ISO 8601 §5.5.2; years and months are those of the calendar. */
export interface Duration {
  readonly months: number
  readonly seconds: number
}

const DATE = String.raw`(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?`
const TIME = String.raw`(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?`
const SHAPE = new RegExp(`^P${DATE}(?:T${TIME})?$`)

/** Reads `P90D`, `P2Y`, `P1Y10D`, `PT48H`; `undefined` when it is none, fractions included. */
export function parseDuration(text: string): Duration | undefined {
  const found = SHAPE.exec(text)
  if (found === null || text.endsWith('P') || text.endsWith('T')) return undefined
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? 0))
  return {
    months: years * 12 + months,
    seconds: (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds,
  }
}

/** The time that lies a duration after another, in UTC; a month later is at most its last day. */
export function addDuration(time: EpochSeconds, { months, seconds }: Duration): EpochSeconds {
  return addMonths(time, months) + seconds
}

/** The time that lies a duration before another. */
export function subtractDuration(time: EpochSeconds, { months, seconds }: Duration): EpochSeconds {
  return addMonths(time, -months) - seconds
}

function addMonths(time: EpochSeconds, months: number): EpochSeconds {
  if (months === 0) return time
  const date = new Date(time * 1000)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, lastDay))
  return Math.floor(date.getTime() / 1000)
}
