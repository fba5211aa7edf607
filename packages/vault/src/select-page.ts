import type { RecordKey } from './store/record-key.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Which part of a list is wanted, by the numbers of its items. */
export interface SelectionInput {
  /** How many come before it. */
  readonly skip: number
  /** How many it has at most. */
  readonly take: number
}

/** A part of a list, and how long the whole is. */
export interface Selection<Item> {
  readonly items: readonly Item[]
  readonly total: number
}

/** Where the records of a list stand, and what it shows of them. */
export interface SelectionPlace<Meta, Item> {
  /** Taken one after the other. */
  readonly prefixes: readonly RecordKey[]
  /** `undefined` for a record that is no item; its place stays empty. */
  readonly itemOf: (meta: Meta) => Item | undefined
  /** Without it no record is opened but those of the part. */
  readonly isWanted?: ((item: Item) => boolean) | undefined
}

/** So many are held at a time. */
const PAGE_RECORDS = 500

/**
 * Reads a part of a list that may be very long, and counts the whole: page by page, and between two
 * pages everybody else has a turn.
 */
export async function selectPage<Meta, Item>(
  unit: UnitOfWork,
  input: SelectionInput,
  { prefixes, itemOf, isWanted }: SelectionPlace<Meta, Item>,
): Promise<Selection<Item>> {
  if (isWanted !== undefined) return await selectWanted(unit, input, { prefixes, itemOf, isWanted })
  const { skip, take } = input
  const wanted: RecordKey[] = []
  let total = 0
  for (const prefix of prefixes) {
    for await (const keys of pagesOf((page) => unit.keys(prefix, page), (key) => key)) {
      const from = Math.max(0, skip - total)
      wanted.push(...keys.slice(from, from + take - wanted.length))
      total += keys.length
    }
  }
  const found = wanted.length === 0 ? [] : await unit.getMany<Meta>(wanted)
  return { items: found.flatMap((one) => (one && itemOf(one.meta)) ?? []), total }
}

async function selectWanted<Meta, Item>(
  unit: UnitOfWork,
  { skip, take }: SelectionInput,
  { prefixes, itemOf, isWanted }: Required<SelectionPlace<Meta, Item>>,
): Promise<Selection<Item>> {
  const items: Item[] = []
  let total = 0
  for (const prefix of prefixes) {
    for await (const page of pagesOf((page) => unit.list<Meta>(prefix, page), ({ key }) => key)) {
      for (const { content } of page) {
        const item = itemOf(content.meta)
        if (item === undefined || isWanted?.(item) !== true) continue
        if (total >= skip && items.length < take) items.push(item)
        total += 1
      }
    }
  }
  return { items, total }
}

interface RecordPage {
  readonly after?: RecordKey
  readonly limit: number
}

async function* pagesOf<Listed>(
  list: (page: RecordPage) => Promise<readonly Listed[]>,
  keyOf: (listed: Listed) => RecordKey,
): AsyncGenerator<readonly Listed[]> {
  const limit = PAGE_RECORDS
  for (let after: RecordKey | undefined; ; ) {
    const page = await list(after === undefined ? { limit } : { after, limit })
    yield page
    const last = page.at(-1)
    if (page.length < limit || last === undefined) return
    after = keyOf(last)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
