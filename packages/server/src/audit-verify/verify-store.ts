import {
  differenceText,
  isFault,
  verifyChain,
  type AuditLog,
  type ChainedEntry,
  type ChainHead,
  type ChainMark,
} from '@claviger/vault'
import type { MessageName, Say } from '../language/messages.ts'
import type { StoredChain } from './stored-chain.ts'
import { intact, notIntact, type Verdict } from './verdict.ts'

const PAGE = 1000

/** What the sealed head and its copy say, or why they cannot be believed. */
export type Heads = { readonly head: ChainHead; readonly marks: readonly ChainMark[] } | Verdict

/**
 * Verifies the whole chain of a store against its sealed head and the copy of that, and that the
 * records are those last committed.
 */
export async function verifyStore(
  chain: StoredChain,
  say: Say,
  verified: (sequence: number, of: number) => void,
): Promise<Verdict> {
  const heads = await readHeads(chain, say)
  if ('line' in heads) return heads
  const { head, marks } = heads
  const anchors = { begin: head, end: head, marks }
  const verdict = await verifyChain(entriesOf(chain.log), anchors, (sequence) =>
    verified(sequence, head.count))
  if (!verdict.intact) {
    const { kind, finding, sequence } = verdict.damage
    return notIntact(say, kind, say(finding.name, finding.places), sequence)
  }
  const differences = chain.records()
  if (differences.length > 0) {
    const found = differences.map(differenceText).join('; ')
    return notIntact(say, 'recordsChanged', say('storeDiffers', { found }))
  }
  const { entries } = verdict
  const { count, first } = head
  const pruned = first > 1 ? say('prunedBefore', { first }) : ''
  return intact(say, `${say('storeIntact', { entries, count })}${pruned}`)
}

/** Reads the head and its copy; each must open, and the copy must not be ahead. */
export async function readHeads(chain: StoredChain, say: Say): Promise<Heads> {
  let head: ChainHead
  let copy: ChainHead | undefined
  try {
    head = await chain.head()
  } catch (thrown) {
    return headDamage(thrown, 'headHit', say)
  }
  try {
    copy = chain.copy()
  } catch (thrown) {
    return headDamage(thrown, 'copyHit', say)
  }
  if (copy === undefined) {
    if (head.count === 0) return { head, marks: [] }
    return notIntact(say, 'copyMissing', say('copyGone'))
  }
  if (copy.count > head.count) {
    const missing = copy.count - head.count
    return notIntact(say, 'tailCut', say('olderDatabase', { missing }), head.count + 1)
  }
  const isPruned = copy.count < head.first - 1
  const mark = {
    sequence: copy.count,
    hash: copy.hash,
    source: say('copyOfHead'),
  }
  return { head, marks: isPruned ? [] : [mark] }
}

function headDamage(thrown: unknown, what: MessageName, say: Say): Verdict {
  if (!isFault(thrown, 'RecordCorrupt')) throw thrown
  return notIntact(say, 'headDamaged', say(what, { reason: thrown.detail.reason }))
}

/** From the very lowest number on: whatever stands in the chain's place must show. */
async function* entriesOf(log: AuditLog): AsyncGenerator<ChainedEntry> {
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const page = await log.entries(after, PAGE)
    yield* page
    after = page.at(-1)?.sequence ?? after
    if (page.length < PAGE) return
  }
}
