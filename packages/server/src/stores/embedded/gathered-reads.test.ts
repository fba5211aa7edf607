import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { isFault, prefixOf, recordKeyOf } from '@claviger/vault'
import { changeOf } from '@claviger/vault/testing'
import { GatheredReads } from './gathered-reads.ts'
import { Reader } from './reader.ts'
import { embeddedFixture, type EmbeddedFixture } from './testing/embedded-fixture.ts'

const KEY = recordKeyOf('t', 'one')

interface World extends EmbeddedFixture {
  readonly reader: Reader
  readonly reads: GatheredReads
}

async function worldFor(t: TestContext): Promise<World> {
  const fixture = await embeddedFixture()
  const reader = Reader.open(fixture.folder)
  t.after(async () => {
    reader.close()
    await fixture.close()
  })
  await fixture.writer.commit(changeOf({ put: [[KEY, 'absent', 'first']] }))
  return { ...fixture, reader, reads: new GatheredReads(reader) }
}

test('what is asked in one turn is answered as of one instant, with each record read once', async (t) => {
  const { reads } = await worldFor(t)
  const asked = [1, 2].map(() => reads.ask((reader) => reader.read([KEY])))
  const listed = reads.ask((reader) => reader.list(prefixOf('t'), { limit: 5 }))
  const [[one] = [], [two] = []] = await Promise.all(asked)
  assert.equal(one?.version, 1)
  assert.equal(one, two)
  assert.deepEqual(await listed, [one])
})

test('nobody is answered with what was true before the question', async (t) => {
  const { reads, writer } = await worldFor(t)
  for (let version = 1; version < 20; version += 1) {
    // The early question makes the turn's snapshot; the later one must see the commit all the same.
    const early = reads.ask((reader) => reader.read([KEY]))
    await writer.commit(changeOf({ put: [[KEY, version, 'next']] }))
    const [late] = await reads.ask((reader) => reader.read([KEY]))
    assert.equal(late?.version, version + 1)
    await early
  }
})

test('a question that fails fails alone, and the next instant is a new one', async (t) => {
  const { reads, reader } = await worldFor(t)
  const wrong = reads.ask(() => {
    throw new TypeError('a slip')
  })
  const right = reads.ask((one) => one.read([KEY]))
  await assert.rejects(wrong, TypeError)
  assert.equal((await right)[0]?.version, 1)
  assert.equal((await reads.ask((one) => one.read([KEY])))[0]?.version, 1)
  reader.close()
  await assert.rejects(
    reads.ask((one) => one.read([KEY])),
    (thrown) => isFault(thrown, 'StoreUnavailable'),
  )
})
