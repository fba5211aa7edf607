import type { Clock } from '../time.ts'
import { MemoryStore, type MemoryContents } from '../store/memory.ts'
import { keyedHeadSealer } from './keyed-head-sealer.ts'

/** A store and what lies under it, for tests that play the attacker. */
export interface TamperableMemoryStore {
  readonly store: MemoryStore
  /** Live: what is changed here is what the store reads next. */
  readonly contents: MemoryContents
}

/** Opens an empty store in memory whose contents the test can reach. */
export function tamperableMemoryStore(
  sealer = keyedHeadSealer(),
  clock?: Clock,
): TamperableMemoryStore {
  const contents: MemoryContents = {
    bodies: new Map(),
    witnesses: new Map(),
    entries: [],
    sealedHead: undefined,
  }
  return { store: new MemoryStore(sealer, contents, clock), contents }
}
