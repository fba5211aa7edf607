import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wantedEntries } from './wanted-entries.ts'

const VAULT = '/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/V'
const subscriptions = [{ sink: 'siem', resourceId: VAULT, since: 1000 }]
const at = (seconds: number): string => new Date(seconds * 1000).toISOString()

function pageOf(entries: readonly string[]) {
  return entries.map((entry, index) => ({ sequence: index + 8, entry, hash: new Uint8Array(32) }))
}

const entryOf = (resourceId: string, time = at(1000), more = ''): string =>
  JSON.stringify({ time, resourceId, more })

test('a sink gets what is of its vaults and in them, from its time on', () => {
  const wanted = [entryOf(VAULT), entryOf(`${VAULT}/KEYS/A`, at(2000))]
  const others = [
    entryOf(VAULT, at(999.999)),
    entryOf(`${VAULT}2`),
    entryOf('/'),
    entryOf(`/X${VAULT}`),
    'no JSON',
    'null',
    '{"time":1,"resourceId":2}',
    JSON.stringify({ time: 'never', resourceId: VAULT }),
  ]
  const page = pageOf([...others, ...wanted, ...others])
  assert.deepEqual(wantedEntries(page, subscriptions, 7), { entries: wanted, through: 25 })
  assert.deepEqual(wantedEntries([], subscriptions, 7), { entries: [], through: 7 })
})

test('a batch is bounded, and an entry alone is always one', () => {
  const half = entryOf(VAULT, at(2000), 'x'.repeat(600_000))
  const large = entryOf(VAULT, at(2000), 'x'.repeat(2_000_000))
  const page = pageOf([half, half, large])
  assert.deepEqual(wantedEntries(page, subscriptions, 7), { entries: [half], through: 8 })
  assert.deepEqual(wantedEntries(page.slice(2), subscriptions, 9), { entries: [large], through: 10 })
})
