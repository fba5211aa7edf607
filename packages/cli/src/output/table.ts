import { isRecord, type JsonRecord, type JsonValue } from './json-value.ts'

/** Titles, each with the member that the column shows: `attributes.enabled`. */
export type Columns = Readonly<Record<string, string>>

/** A table for people: a row for each record, or a line for each member of one record. */
export function table(value: JsonValue, columns: Columns): string {
  if (Array.isArray(value)) {
    const records = (value as readonly JsonValue[]).map(asRecord)
    return rows(records, fitting(records, columns))
  }
  if (!isRecord(value)) return cell(value)
  const fit = fitting([value], columns)
  const width = Math.max(0, ...Object.keys(fit).map(widthOf))
  return Object.entries(fit)
    .map(([title, path]) => `${padded(title, width)}  ${cell(memberAt(value, path))}`.trimEnd())
    .join('\n')
}

/** The columns that some record has; of other records, as `--query` makes, all members. */
function fitting(records: readonly JsonRecord[], columns: Columns): Columns {
  const known = Object.entries(columns).filter(([, path]) =>
    records.some((record) => ![undefined, null].includes(memberAt(record, path) as undefined)),
  )
  if (known.length > 0 || records.length === 0) return Object.fromEntries(known)
  const names = new Set(records.flatMap((record) => Object.keys(record)))
  return Object.fromEntries([...names].map((name) => [name, name]))
}

function rows(records: readonly JsonRecord[], columns: Columns): string {
  const titles = Object.keys(columns)
  if (records.length === 0) return ''
  const lines = [
    titles,
    ...records.map((record) => Object.values(columns).map((path) => cell(memberAt(record, path)))),
  ]
  const widths = titles.map((_, index) =>
    Math.max(...lines.map((line) => widthOf(line[index] ?? ''))),
  )
  const rendered = lines.map((line) =>
    line.map((text, index) => padded(text, widths[index] ?? 0)).join('  ').trimEnd(),
  )
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  return [rendered[0], rule, ...rendered.slice(1)].join('\n')
}

function asRecord(value: JsonValue): JsonRecord {
  if (isRecord(value)) return value
  const cells: readonly JsonValue[] = Array.isArray(value) ? (value as readonly JsonValue[]) : [value]
  return Object.fromEntries(cells.map((one, index) => [String(index + 1), one]))
}

function memberAt(record: JsonRecord, path: string): JsonValue | undefined {
  // A name that --query has chosen may have a point in it.
  if (Object.hasOwn(record, path)) return record[path]
  let value: JsonValue | undefined = record
  for (const name of path.split('.')) value = isRecord(value) ? value[name] : undefined
  return value
}

function cell(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  return visible(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

/** Names may hold what would move the cursor, colour the screen or turn the reading direction. */
function visible(text: string): string {
  return text.replaceAll(/\p{C}/gu, '?')
}

/** Columns of a terminal: letters of East Asia take two. */
function widthOf(text: string): number {
  const wide =
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
  let width = 0
  for (const character of text) width += wide.test(character) ? 2 : 1
  return width
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}
