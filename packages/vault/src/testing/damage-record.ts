import type { MemoryContents } from '../store/memory.ts'

/**
 * Changes the stored body of the one record whose name has this in it, as somebody at the disk could;
 * gives its name.
 */
export function damageRecord(contents: MemoryContents, part: string): string {
  const [found, more] = [...contents.bodies].filter(([key]) => key.includes(part))
  if (found === undefined || more !== undefined) {
    throw new TypeError(`${part} is not in the name of exactly one record`)
  }
  const [key, half] = found
  half.bytes[half.bytes.length - 1] = (half.bytes.at(-1) ?? 0) ^ 1
  return key
}
