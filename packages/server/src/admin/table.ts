import type { AdminRecord } from './admin-record.ts'

/** Titles, each with the member that the column shows or what makes its text. */
export type Columns = Readonly<Record<string, string | ((record: AdminRecord) => string)>>

/** Lines of columns, wide enough for the longest text of each; titles stand above. */
export function table(records: readonly AdminRecord[], columns: Columns): string {
  const titles = Object.keys(columns)
  const rows = [
    titles.map((title) => title.toUpperCase()),
    ...records.map((one) => cells(one, columns)),
  ]
  const widths = titles.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)))
  const padded = (row: readonly string[]): string =>
    row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ').trimEnd()
  return rows.map(padded).join('\n')
}

/** One record as lines of title and text. */
export function details(record: AdminRecord, columns: Columns): string {
  const width = Math.max(...Object.keys(columns).map((title) => title.length))
  const texts = cells(record, columns)
  return Object.keys(columns)
    .map((title, index) => `${title.padEnd(width)}  ${texts[index] ?? ''}`.trimEnd())
    .join('\n')
}

function cells(record: AdminRecord, columns: Columns): readonly string[] {
  return Object.values(columns).map((column) =>
    visible(typeof column === 'string' ? plain(column, record[column]) : column(record)),
  )
}

/** Numbers in `…At`, `…After` and `…From` are times, in seconds since 1970. */
function plain(name: string, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'number' && /(At|After|From)$/.test(name)) return timeText(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map((one) => plain('', one)).join(', ')
  return typeof value === 'string' || typeof value === 'number' ? String(
    value,
  ) : JSON.stringify(value)
}

function timeText(seconds: number): string {
  const time = new Date(seconds * 1000)
  return Number.isNaN(time.getTime()) ? String(seconds) : time.toISOString().replace('.000Z', 'Z')
}

/** Names may hold what would move the cursor, colour the screen or turn the reading direction. */
function visible(text: string): string {
  return text.replaceAll(/\p{C}/gu, '?')
}
