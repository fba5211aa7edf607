/**
 * Does the work for each item, at most `concurrency` at a time, and gives the results in order.
 * After the first failure nothing more is begun. @throws RangeError unless it is at least 1.
 */
export async function bounded<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  if (!(concurrency >= 1)) throw new RangeError('At least one is done at a time.')
  const results: Result[] = []
  const left = items.entries()
  let hasFailed = false
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) {
      if (hasFailed) return
      try {
        results[index] = await work(item)
      } catch (error) {
        hasFailed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker))
  return results
}
