import type { JsonRecord } from '../output/json-value.ts'
import type { ListedObject } from './object-source.ts'

/** What a listing gives and is shown, up to `most`; no page more is asked for than is needed. */
export async function collected(
  items: AsyncIterable<ListedObject>,
  isShown: (item: ListedObject) => boolean,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly JsonRecord[]> {
  const records: JsonRecord[] = []
  for await (const item of items) {
    if (isShown(item)) records.push(item.record)
    if (records.length >= most) break
  }
  return records
}
