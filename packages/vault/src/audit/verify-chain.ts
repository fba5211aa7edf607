// Walks a chain of audit entries from where it begins to where it must end, holding one entry at a
// time. Whoever verifies brings the anchors: the sealed head, its copy, or an earlier export.
// Hashes alone prove nothing against somebody who can write all of them anew; the sealed head does.
import type { ChainedEntry } from './audit-log.ts'
import { EMPTY_CHAIN, linkHash, type ChainHead } from './chain.ts'

/** A hash that the chain is known, from elsewhere, to have had after one entry. */
export interface ChainMark {
  readonly sequence: number
  readonly hash: Uint8Array
  /** Where it is known from, as a sentence says it: `the copy of the head`. */
  readonly source: string
}

export interface ChainAnchors {
  /** Where the chain begins; without it a first entry that is not number 1 is taken as found. */
  readonly begin?: Pick<ChainHead, 'first' | 'base'>
  /** Where the chain must end; without it any end will do. */
  readonly end?: Pick<ChainHead, 'count' | 'hash'>
  /** Checked where the walk passes them. */
  readonly marks?: readonly ChainMark[]
}

/** What is wrong with a chain. */
export type ChainDamageKind =
  | 'changed'
  | 'dropped'
  | 'reordered'
  | 'added'
  | 'tailCut'
  | 'chainLost'
  | 'rewritten'

export interface ChainDamage {
  readonly kind: ChainDamageKind
  /** The first entry that is wrong or missing. */
  readonly sequence: number
  readonly finding: ChainFinding
}

/** What was found; whoever tells of it has the words, with the numbers in their places. */
export interface ChainFinding {
  readonly name:
    | 'standsInPlaceOf'
    | 'oneMissing'
    | 'severalMissing'
    | 'doesNotFollow'
    | 'standsLater'
    | 'standsAs'
    | 'behindEnd'
    | 'otherHash'
    | 'noneAtAll'
    | 'endsBefore'
    | 'otherEnd'
  readonly places: Readonly<Record<string, string | number>>
}

/** What a walk has found; `entries` counts those that verified. */
export type ChainVerdict =
  | {
      readonly intact: true
      readonly entries: number
      /** Sequence number and hash of the last entry; those of `begin` when there is none. */
      readonly last: { readonly sequence: number; readonly hash: Uint8Array }
    }
  | { readonly intact: false; readonly entries: number; readonly damage: ChainDamage }

/**
 * Verifies a chain.
 * @param entries in the order in which they are kept.
 * @param verified called with the sequence number of each entry that verified.
 */
export async function verifyChain(
  entries: AsyncIterable<ChainedEntry>,
  anchors: ChainAnchors,
  verified: (sequence: number) => void = () => {},
): Promise<ChainVerdict> {
  const walk = entries[Symbol.asyncIterator]()
  const marks = new Map((anchors.marks ?? []).map((mark) => [mark.sequence, mark]))
  let last = anchors.begin && { sequence: anchors.begin.first - 1, hash: anchors.begin.base }
  let count = 0
  const damaged = (damage: ChainDamage): ChainVerdict => ({ intact: false, entries: count, damage })
  const beginning = last && markBroken(marks.get(last.sequence), last.hash)
  if (beginning !== undefined) return damaged(beginning)
  try {
    for (;;) {
      const step = await walk.next()
      if (step.done === true) break
      const entry = step.value
      // What comes before the first entry of all is known without anchors.
      if (entry.sequence === 1) last ??= { sequence: 0, hash: EMPTY_CHAIN.hash }
      const wanted = last === undefined ? entry.sequence : last.sequence + 1
      if (anchors.end !== undefined && wanted > anchors.end.count) return damaged(added(entry))
      if (entry.sequence !== wanted) {
        return damaged(await misplaced(entry, wanted, last?.hash ?? EMPTY_CHAIN.hash, walk))
      }
      if (last !== undefined && !follows(entry, wanted, last.hash)) {
        return damaged(await unfitting(entry, last.hash, walk))
      }
      const broken = markBroken(marks.get(wanted), entry.hash)
      if (broken !== undefined) return damaged(broken)
      last = { sequence: wanted, hash: entry.hash }
      count++
      verified(wanted)
    }
  } finally {
    await walk.return?.()
  }
  const reached = last ?? { sequence: 0, hash: EMPTY_CHAIN.hash }
  const ending = anchors.end && endBroken(anchors.end, reached, count)
  return ending === undefined ? { intact: true, entries: count, last: reached } : damaged(ending)
}

function follows({ entry, hash }: ChainedEntry, sequence: number, previous: Uint8Array): boolean {
  return equal(hash, linkHash(previous, sequence, entry))
}

/** An entry with another number than the one that comes next. */
async function misplaced(
  { sequence }: ChainedEntry,
  wanted: number,
  previous: Uint8Array,
  rest: AsyncIterator<ChainedEntry>,
): Promise<ChainDamage> {
  if (sequence < wanted) {
    const finding: ChainFinding = { name: 'standsInPlaceOf', places: { sequence, wanted } }
    return { kind: 'reordered', sequence: wanted, finding }
  }
  const elsewhere = await findLater(wanted, previous, rest)
  if (elsewhere !== undefined) return elsewhere
  const last = sequence - 1
  const name = last === wanted ? 'oneMissing' : 'severalMissing'
  return { kind: 'dropped', sequence: wanted, finding: { name, places: { wanted, last } } }
}

/** An entry with the right number that does not follow from the one before. */
async function unfitting(
  { sequence }: ChainedEntry,
  previous: Uint8Array,
  rest: AsyncIterator<ChainedEntry>,
): Promise<ChainDamage> {
  const elsewhere = await findLater(sequence, previous, rest)
  if (elsewhere !== undefined) return elsewhere
  return { kind: 'changed', sequence, finding: { name: 'doesNotFollow', places: { sequence } } }
}

/** Looks for the entry that belongs here among those that come later, by its number or its hash. */
async function findLater(
  wanted: number,
  previous: Uint8Array,
  rest: AsyncIterator<ChainedEntry>,
): Promise<ChainDamage | undefined> {
  for (let step = await rest.next(); step.done !== true; step = await rest.next()) {
    const { sequence } = step.value
    if (sequence !== wanted && !follows(step.value, wanted, previous)) continue
    const name = sequence === wanted ? 'standsLater' : 'standsAs'
    return { kind: 'reordered', sequence: wanted, finding: { name, places: { wanted, sequence } } }
  }
  return undefined
}

function added({ sequence }: ChainedEntry): ChainDamage {
  return { kind: 'added', sequence, finding: { name: 'behindEnd', places: { sequence } } }
}

function markBroken(mark: ChainMark | undefined, hash: Uint8Array): ChainDamage | undefined {
  if (mark === undefined || equal(hash, mark.hash)) return undefined
  const { sequence, source } = mark
  const finding: ChainFinding = { name: 'otherHash', places: { sequence, source } }
  return { kind: 'rewritten', sequence, finding }
}

function endBroken(
  end: Pick<ChainHead, 'count' | 'hash'>,
  last: { readonly sequence: number; readonly hash: Uint8Array },
  entries: number,
): ChainDamage | undefined {
  const sequence = last.sequence + 1
  if (last.sequence < end.count) {
    const places = { count: end.count, last: last.sequence }
    return entries === 0
      ? { kind: 'chainLost', sequence, finding: { name: 'noneAtAll', places } }
      : { kind: 'tailCut', sequence, finding: { name: 'endsBefore', places } }
  }
  if (equal(last.hash, end.hash)) return undefined
  const finding: ChainFinding = { name: 'otherEnd', places: {} }
  return { kind: 'rewritten', sequence: last.sequence, finding }
}

function equal(one: Uint8Array, two: Uint8Array): boolean {
  return Buffer.compare(one, two) === 0
}
