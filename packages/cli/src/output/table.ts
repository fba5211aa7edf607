import { flattened, flattenedRow, lastOf, titled } from './flattened.ts'
import { isRecord, type JsonRecord, type JsonValue } from './json-value.ts'
import { padded, widthOf } from './text-width.ts'
import { visible } from './visible.ts'

/** Titles, each with the member that the column shows: `attributes.enabled`. */
export type Columns = Readonly<Record<string, string>>

/**
 * A table for people: a row for each record, or a line for each member of one record. A record that
 * has none of the columns, as `--query` and other services give, is shown with all it has.
 */
export function table(value: JsonValue, columns: Columns): string {
  if (Array.isArray(value)) return list((value as readonly JsonValue[]).map(asRecord), columns)
  if (!isRecord(value)) return cell(value)
  const known = fitting([value], columns)
  return Object.keys(known).length > 0 ? lines(value, known) : whole(value)
}

/** All that a record has: the tables of its lists, then a line for each plain member. */
function whole(record: JsonRecord): string {
  const { plain, lists } = flattened(record)
  const tables = lists.map(({ path, records }) => {
    const heading = lists.length > 1 ? `${visible(lastOf(path))}\n` : ''
    return `${heading}${list(records, {})}`
  })
  const rest = lines(plain, titled(Object.keys(plain)))
  return [...tables, ...(rest === '' ? [] : [rest])].join('\n\n')
}

function lines(record: JsonRecord, columns: Columns): string {
  const titles = Object.entries(columns).map(([title, path]) => [visible(title), path] as const)
  const width = Math.max(0, ...titles.map(([title]) => widthOf(title)))
  return titles
    .map(([title, path]) => `${padded(title, width)}  ${cell(memberAt(record, path))}`.trimEnd())
    .join('\n')
}

function list(records: readonly JsonRecord[], columns: Columns): string {
  if (records.length === 0) return ''
  const known = fitting(records, columns)
  if (Object.keys(known).length > 0) return rows(records, known)
  const flat = records.map(flattenedRow)
  return rows(flat, titled([...new Set(flat.flatMap((record) => Object.keys(record)))]))
}

/** The columns that some record has. */
function fitting(records: readonly JsonRecord[], columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).filter(([, path]) =>
      records.some((record) => (memberAt(record, path) ?? null) !== null),
    ),
  )
}

function rows(records: readonly JsonRecord[], columns: Columns): string {
  const titles = Object.keys(columns).map(visible)
  const cells = [
    titles,
    ...records.map((record) => Object.values(columns).map((path) => cell(memberAt(record, path)))),
  ]
  const widths = titles.map((_, index) =>
    Math.max(...cells.map((line) => widthOf(line[index] ?? ''))),
  )
  const rendered = cells.map((line) =>
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
  // A name may have a point in it: one that --query has chosen, or a path of what was flattened.
  if (Object.hasOwn(record, path)) return record[path]
  let value: JsonValue | undefined = record
  for (const name of path.split('.')) value = isRecord(value) ? value[name] : undefined
  return value
}

function cell(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  return visible(typeof value === 'object' ? JSON.stringify(value) : String(value))
}
