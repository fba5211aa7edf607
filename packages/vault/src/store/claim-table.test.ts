import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { isFault } from '../fault.ts'
import { CLAIM_WINDOW_MS, ClaimTable } from './claim-table.ts'

const claimOf = (n: number): string =>
  createHash('sha256').update(`${n}`).digest().subarray(0, 16).toString('base64url')
const isClaimed = (table: ClaimTable, claim: string, now: number): boolean => {
  try {
    table.demandFree([claim], now)
    return false
  } catch (thrown) {
    assert.ok(isFault(thrown, 'RequestReplayed'))
    return true
  }
}

test('a claim is remembered for half an hour at least and an hour at most', () => {
  const table = new ClaimTable()
  for (const start of [0, 1, CLAIM_WINDOW_MS - 1]) {
    table.add([claimOf(start)], start)
    assert.ok(isClaimed(table, claimOf(start), start + CLAIM_WINDOW_MS - 1))
  }
  for (const start of [0, 1]) assert.ok(!isClaimed(table, claimOf(start), 2 * CLAIM_WINDOW_MS + 1))
  const late = new ClaimTable()
  late.add([claimOf(1)], 0)
  assert.ok(!isClaimed(late, claimOf(1), 5 * CLAIM_WINDOW_MS))
})

test('a million claims are all remembered, none besides, in a bounded memory', () => {
  const table = new ClaimTable()
  const count = 1_000_000
  for (let n = 0; n < count; n += 1) table.add([claimOf(n)], n)
  let remembered = 0
  let mistaken = 0
  for (let n = 0; n < count; n += 1) {
    if (isClaimed(table, claimOf(n), count)) remembered += 1
    if (n % 10 === 0 && isClaimed(table, claimOf(count + n), count)) mistaken += 1
  }
  assert.deepEqual([remembered, mistaken], [count, 0])
  assert.ok(table.byteLength <= 32 * 1024 * 1024, `${table.byteLength} octets`)
  table.add([claimOf(-1)], 3 * CLAIM_WINDOW_MS)
  assert.ok(table.byteLength <= 256 * 1024, 'what is forgotten takes no memory')
})

test('what does not fit is refused, and fits again half an hour later', () => {
  const table = new ClaimTable(3)
  table.add([claimOf(1), claimOf(2)], 0)
  table.demandFree([claimOf(3)], 0)
  const isFull = (thrown: unknown): boolean => isFault(thrown, 'StoreUnavailable')
  assert.throws(() => table.demandFree([claimOf(3), claimOf(4)], 0), isFull)
  table.add([claimOf(3)], 0)
  assert.throws(() => table.demandFree([claimOf(4)], 0), isFull)
  table.demandFree([claimOf(4)], CLAIM_WINDOW_MS)
})

test('claims that differ in later octets alone are the same claim, zeros are one too', () => {
  const table = new ClaimTable()
  const zeros = Buffer.alloc(16).toString('base64url')
  assert.ok(!isClaimed(table, zeros, 0))
  table.add([zeros], 0)
  assert.ok(isClaimed(table, zeros, 0))
  assert.ok(!isClaimed(table, claimOf(1), 0))
})
