import type { Filter, Tag } from './parameter.ts'

// Lists that several parameters carry as JSON. Each is `undefined` for a value of another form.

const MOST_VALUES = 10

export function readStrings(value: unknown): readonly string[] | undefined {
  return isList(value) && value.every((one) => typeof one === 'string') ? value : undefined
}

export function readTags(value: unknown): readonly Tag[] | undefined {
  return readEach(value, (members) => {
    const key = members.get('TagKey')
    const text = members.get('TagValue') ?? ''
    return typeof key === 'string' && typeof text === 'string' && key !== ''
      ? { key, value: text }
      : undefined
  })
}

export function readFilters(value: unknown): readonly Filter[] | undefined {
  return readEach(value, (members) => {
    const key = members.get('Key')
    const values = readStrings(members.get('Values') ?? [])
    if (typeof key !== 'string' || values === undefined) return undefined
    return values.length <= MOST_VALUES ? { key, values } : undefined
  })
}

function readEach<Item>(
  value: unknown,
  read: (members: ReadonlyMap<string, unknown>) => Item | undefined,
): readonly Item[] | undefined {
  if (!isList(value)) return undefined
  const items = value.map((one) =>
    typeof one === 'object' && one !== null ? read(new Map(Object.entries(one))) : undefined,
  )
  return items.every((item) => item !== undefined) ? items : undefined
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}
