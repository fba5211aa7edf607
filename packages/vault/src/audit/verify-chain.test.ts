import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import type { ChainedEntry } from './audit-log.ts'
import { append, EMPTY_CHAIN, linkHash, type ChainHead } from './chain.ts'
import { verifyChain, type ChainAnchors, type ChainVerdict } from './verify-chain.ts'

function chainOf(length: number): { readonly entries: ChainedEntry[]; readonly head: ChainHead } {
  let head = EMPTY_CHAIN
  const entries: ChainedEntry[] = []
  for (let n = 1; n <= length; n++) {
    const entry = `{"n":${n}}`
    const link = append(head, entry)
    entries.push({ sequence: link.sequence, entry, hash: link.hash })
    head = link.head
  }
  return { entries, head }
}

function pruned({ entries, head }: ReturnType<typeof chainOf>, through: number) {
  const base = entries[through - 1]?.hash ?? head.base
  return { entries: entries.slice(through), head: { ...head, first: through + 1, base } }
}

async function* stream(entries: readonly ChainedEntry[]): AsyncGenerator<ChainedEntry> {
  yield* entries
}

function verify(
  entries: readonly ChainedEntry[],
  head: ChainHead,
  more: ChainAnchors = {},
): Promise<ChainVerdict> {
  return verifyChain(stream(entries), { begin: head, end: head, ...more })
}

function at(entries: readonly ChainedEntry[], sequence: number): ChainedEntry {
  const found = entries.find((one) => one.sequence === sequence)
  assert.ok(found)
  return found
}

async function assertDamage(
  verdict: Promise<ChainVerdict>,
  kind: string,
  sequence: number,
): Promise<void> {
  const found = await verdict
  assert.equal(found.intact, false)
  const { damage } = found
  assert.deepEqual([damage.kind, damage.sequence], [kind, sequence], damage.finding.name)
}

describe('verifying a chain', () => {
  test('an untouched chain is intact and every entry is reported', async () => {
    const { entries, head } = chainOf(20)
    const seen: number[] = []
    const verdict = await verifyChain(stream(entries), { begin: head, end: head }, (sequence) =>
      seen.push(sequence),
    )
    assert.deepEqual(
      verdict,
      { intact: true, entries: 20, last: { sequence: 20, hash: head.hash } },
    )
    assert.deepEqual(seen, Array.from({ length: 20 }, (_, n) => n + 1))
  })

  test('an empty chain is intact', async () => {
    const verdict = await verify([], EMPTY_CHAIN)
    assert.equal(verdict.intact && verdict.last.sequence, 0)
  })

  test('what pruning has left is intact, all of it pruned too', async () => {
    for (const through of [1, 7, 20]) {
      const { entries, head } = pruned(chainOf(20), through)
      const verdict = await verify(entries, head)
      assert.equal(verdict.intact && verdict.entries, 20 - through)
    }
  })

  test('a changed entry is named', async () => {
    const { entries, head } = chainOf(9)
    entries[3] = { ...at(entries, 4), entry: '{"n":44}' }
    await assertDamage(verify(entries, head), 'changed', 4)
  })

  test('a changed last entry is named', async () => {
    const { entries, head } = chainOf(9)
    entries[8] = { ...at(entries, 9), entry: '{"n":99}' }
    await assertDamage(verify(entries, head), 'changed', 9)
  })

  test('an entry changed together with its hash shows at the next one', async () => {
    const { entries, head } = chainOf(9)
    const entry = '{"n":44}'
    entries[3] = { sequence: 4, entry, hash: linkHash(at(entries, 3).hash, 4, entry) }
    await assertDamage(verify(entries, head), 'changed', 5)
  })

  test('a hash of another length is a change', async () => {
    const { entries, head } = chainOf(3)
    entries[1] = { ...at(entries, 2), hash: new Uint8Array(0) }
    await assertDamage(verify(entries, head), 'changed', 2)
  })

  test('dropped entries are named, the first one too', async () => {
    const { entries, head } = chainOf(9)
    await assertDamage(verify(entries.toSpliced(4, 1), head), 'dropped', 5)
    await assertDamage(verify(entries.toSpliced(0, 3), head), 'dropped', 1)
  })

  test('entries whose lines changed places are named', async () => {
    const { entries, head } = chainOf(9)
    const swapped = entries.with(2, at(entries, 6)).with(5, at(entries, 3))
    await assertDamage(verify(swapped, head), 'reordered', 3)
  })

  test('entries whose numbers changed places are named', async () => {
    const { entries, head } = chainOf(9)
    const swapped = entries
      .with(2, { ...at(entries, 6), sequence: 3 })
      .with(5, { ...at(entries, 3), sequence: 6 })
    await assertDamage(verify(swapped, head), 'reordered', 3)
  })

  test('an entry that stands twice is named', async () => {
    const { entries, head } = chainOf(9)
    await assertDamage(verify(entries.toSpliced(4, 0, at(entries, 4)), head), 'reordered', 5)
  })

  test('a cut tail is named', async () => {
    const { entries, head } = chainOf(9)
    await assertDamage(verify(entries.slice(0, 7), head), 'tailCut', 8)
  })

  test('a lost chain is named', async () => {
    await assertDamage(verify([], chainOf(9).head), 'chainLost', 1)
    await assertDamage(verify([], pruned(chainOf(9), 4).head), 'chainLost', 5)
  })

  test('entries behind the end of the head are named', async () => {
    const { head } = chainOf(9)
    await assertDamage(verify(chainOf(10).entries, head), 'added', 10)
  })

  test('an entry that was pruned and came back is named', async () => {
    const { head } = pruned(chainOf(9), 4)
    await assertDamage(verify(chainOf(9).entries, head), 'reordered', 5)
  })

  test('a chain that was written anew does not end in the head', async () => {
    const { head } = chainOf(9)
    let forged = EMPTY_CHAIN
    const entries = Array.from({ length: 9 }, (_, n) => {
      const link = append(forged, `{"forged":${n}}`)
      forged = link.head
      return { sequence: link.sequence, entry: `{"forged":${n}}`, hash: link.hash }
    })
    await assertDamage(verify(entries, head), 'rewritten', 9)
    const mark = {
      sequence: 5,
      hash: at(chainOf(9).entries, 5).hash,
      source: 'the copy of the head',
    }
    await assertDamage(verify(entries, head, { marks: [mark] }), 'rewritten', 5)
  })

  test('a mark at the beginning is checked', async () => {
    const { entries, head } = pruned(chainOf(9), 4)
    const mark = { sequence: 4, hash: new Uint8Array(32), source: 'the earlier export' }
    await assertDamage(verify(entries, head, { marks: [mark] }), 'rewritten', 4)
  })

  test('without anchors a piece of a chain is verified by itself', async () => {
    const { entries } = chainOf(9)
    const piece = entries.slice(3, 7)
    const verdict = await verifyChain(stream(piece), {})
    assert.equal(verdict.intact && verdict.last.sequence, 7)
    const changed = piece.with(2, { ...at(piece, 6), entry: 'x' })
    await assertDamage(verifyChain(stream(changed), {}), 'changed', 6)
    const first = entries.with(0, { ...at(entries, 1), entry: 'x' })
    await assertDamage(verifyChain(stream(first), {}), 'changed', 1)
  })

  test('any single change of any entry is found', async () => {
    const { entries, head } = chainOf(12)
    const place = fc.integer({ min: 0, max: 11 })
    await fc.assert(
      fc.asyncProperty(place, fc.string(), fc.uint8Array(), async (index, text, hash) => {
        const original = at(entries, index + 1)
        fc.pre(text !== original.entry && Buffer.compare(hash, original.hash) !== 0)
        for (const change of [{ entry: text }, { hash }, { entry: text, hash }]) {
          const verdict = await verify(entries.with(index, { ...original, ...change }), head)
          assert.equal(verdict.intact, false)
        }
        assert.equal((await verify(entries.toSpliced(index, 1), head)).intact, false)
      }),
      { numRuns: 100 },
    )
  })
})
