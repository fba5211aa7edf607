import {
  differenceText,
  isFault,
  verifyChain,
  type AuditLog,
  type ChainedEntry,
  type ChainHead,
  type ChainMark,
} from '@claviger/vault'
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
  verified: (sequence: number, of: number) => void,
): Promise<Verdict> {
  const heads = await readHeads(chain)
  if ('line' in heads) return heads
  const { head, marks } = heads
  const anchors = { begin: head, end: head, marks }
  const verdict = await verifyChain(entriesOf(chain.log), anchors, (sequence) =>
    verified(sequence, head.count))
  if (!verdict.intact) {
    const { kind, reason, sequence } = verdict.damage
    return notIntact(kind, reason, sequence)
  }
  const differences = chain.records()
  if (differences.length > 0) {
    const found = differences.map(differenceText).join('; ')
    return notIntact('records changed', `The store is not what was last committed: ${found}.`)
  }
  const pruned = head.first > 1 ? ` Entries before number ${head.first} were pruned.` : ''
  return intact(
    `${verdict.entries} entries, up to number ${head.count}, as the sealed head says.${pruned}`,
  )
}

/** Reads the head and its copy; each must open, and the copy must not be ahead. */
export async function readHeads(chain: StoredChain): Promise<Heads> {
  let head: ChainHead
  let copy: ChainHead | undefined
  try {
    head = await chain.head()
  } catch (thrown) {
    return headDamage(thrown, 'The sealed head')
  }
  try {
    copy = chain.copy()
  } catch (thrown) {
    return headDamage(thrown, 'The copy of the sealed head (audit.head)')
  }
  if (copy === undefined) {
    if (head.count === 0) return { head, marks: [] }
    const reason =
      'audit.head is missing, so a database put back to an older state would not show. Find out ' +
      'who took it away; the next start of the server says how to go on without it.'
    return notIntact('copy of the head missing', reason)
  }
  if (copy.count > head.count) {
    const missing = copy.count - head.count
    const reason = `The database is older than the head's copy: ${missing} entries are missing.`
    return notIntact('tail cut', reason, head.count + 1)
  }
  const isPruned = copy.count < head.first - 1
  const mark = {
    sequence: copy.count,
    hash: copy.hash,
    source: 'the copy of the head (audit.head)',
  }
  return { head, marks: isPruned ? [] : [mark] }
}

function headDamage(thrown: unknown, what: string): Verdict {
  if (!isFault(thrown, 'RecordCorrupt')) throw thrown
  return notIntact('head damaged', `${what} was damaged or taken away: ${thrown.detail.reason}.`)
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
