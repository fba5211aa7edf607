import { isRecord, type JsonRecord, type JsonValue } from './json-value.ts'

/** A list of records inside of a record, by the path that leads to it: `keys.key`. */
export interface InnerList {
  readonly path: string
  readonly records: readonly JsonRecord[]
}

/** A record without depth: what is plain by its path, and the lists that it has. */
export interface Flattened {
  readonly plain: JsonRecord
  readonly lists: readonly InnerList[]
}

/** Takes the depth out of a record; a list of plain values becomes one text. */
export function flattened(record: JsonRecord, prefix = ''): Flattened {
  const plain: [string, JsonValue][] = []
  const lists: InnerList[] = []
  for (const [name, value] of Object.entries(record)) {
    const path = `${prefix}${name}`
    if (isRecord(value)) {
      const inner = flattened(value, `${path}.`)
      plain.push(...(Object.entries(inner.plain) as [string, JsonValue][]))
      lists.push(...inner.lists)
    } else if (Array.isArray(value)) {
      const items = value as readonly JsonValue[]
      if (items.some(isRecord)) lists.push({ path, records: items.filter(isRecord) })
      else if (items.length > 0) plain.push([path, items.map(String).join(', ')])
    } else if (value !== undefined && value !== null && value !== '') {
      plain.push([path, value])
    }
  }
  return { plain: Object.fromEntries(plain), lists }
}

/** A record without depth for a row, which has no room for a list: that is one text. */
export function flattenedRow(record: JsonRecord): JsonRecord {
  const { plain, lists } = flattened(record)
  const texts = lists.map(({ path, records }) => [path, records.map(pairText).join(', ')])
  return { ...plain, ...(Object.fromEntries(texts) as JsonRecord) }
}

/** `team=a` for the tag `{tagKey: 'team', tagValue: 'a'}`; of anything else, JSON. */
function pairText(record: JsonRecord): string {
  const [key, value, ...others] = Object.values(record)
  const isPair = typeof key === 'string' && typeof value === 'string' && others.length === 0
  return isPair ? `${key}=${value}` : JSON.stringify(record)
}

/** Titles of paths: the last name of each, or the whole path where two have the same last name. */
export function titled(paths: readonly string[]): Readonly<Record<string, string>> {
  const lasts = paths.map(lastOf)
  return Object.fromEntries(
    paths.map((path) => {
      const last = lastOf(path)
      return [lasts.filter((other) => other === last).length === 1 ? last : path, path]
    }),
  )
}

/** The last name of a path. */
export function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}
