/**
 * Does something with each item, `lanes` of them at a time, begun in their order. Gives the results
 * in that order.
 */
export async function inLanes<Item, Result>(
  items: readonly Item[],
  lanes: number,
  use: (item: Item, place: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const waiting = items.entries()
  const lane = async (): Promise<void> => {
    for (const [place, item] of waiting) results[place] = await use(item, place)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}
