import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { recordKeyOf } from '@claviger/vault'
import { changeOf } from '@claviger/vault/testing'
import { ChangeCounter } from './change-counter.ts'
import { EmbeddedStore } from './embedded-store.ts'
import { Reader } from './reader.ts'
import { embeddedFixture, tamper, type EmbeddedFixture } from './testing/embedded-fixture.ts'

const ONE = recordKeyOf('t', 'one')
const TWO = recordKeyOf('t', 'two')

interface World extends EmbeddedFixture {
  readonly counter: ChangeCounter
  /** Two stores as two workers have them. */
  readonly stores: readonly [EmbeddedStore, EmbeddedStore]
}

async function worldFor(t: TestContext): Promise<World> {
  const fixture = await embeddedFixture()
  const counter = ChangeCounter.create()
  assert.ok(counter !== undefined)
  fixture.writer.counter = counter
  const readers = [Reader.open(fixture.folder), Reader.open(fixture.folder)]
  t.after(async () => {
    for (const reader of readers) reader.close()
    await fixture.close()
  })
  const storeOf = (reader: Reader | undefined): EmbeddedStore => {
    assert.ok(reader !== undefined)
    const inherited = ChangeCounter.inherited(counter.fd)
    return new EmbeddedStore(reader, (change) => fixture.writer.commit(change), inherited)
  }
  return { ...fixture, counter, stores: [storeOf(readers[0]), storeOf(readers[1])] }
}

async function versionsOf(store: EmbeddedStore): Promise<readonly (number | undefined)[]> {
  return (await store.read([ONE, TWO])).map((record) => record?.version)
}

test('what one process has committed, every process reads from then on', async (t) => {
  const { stores } = await worldFor(t)
  const [one, two] = stores
  assert.deepEqual(await versionsOf(two), [undefined, undefined])
  await one.commit(changeOf({ put: [[ONE, 'absent', 'x'], [TWO, 'absent', 'x']] }))
  for (let version = 1; version < 200; version++) {
    const [writing, reading] = version % 2 === 0 ? [one, two] : [two, one]
    assert.deepEqual(await versionsOf(reading), [version, version])
    const put = [[ONE, version, 'y'], [TWO, version, 'y']] as const
    await writing.commit(changeOf({ put, audit: ['{}'] }))
    assert.deepEqual(await versionsOf(reading), [version + 1, version + 1])
  }
  await one.commit(changeOf({ delete: [[ONE, 200]] }))
  assert.deepEqual(await versionsOf(two), [undefined, 200])
})

test('a read sees all of a change or nothing of it, whatever is kept', async (t) => {
  const { stores: [one, two] } = await worldFor(t)
  await one.commit(changeOf({ put: [[ONE, 'absent', 'x'], [TWO, 'absent', 'x']] }))
  for (let version = 1; version < 200; version++) {
    const put = [[ONE, version, 'y'], [TWO, version, 'y']] as const
    const [, , [left, right]] = await Promise.all([
      one.commit(changeOf({ put })), two.read([ONE]), versionsOf(two),
    ])
    assert.equal(left, right)
  }
})

test('entries of the audit alone leave what was read where it is', async (t) => {
  const { stores: [one], folder } = await worldFor(t)
  await one.commit(changeOf({ put: [[ONE, 'absent', 'x']] }))
  const [before] = await one.read([ONE])
  await one.commit(changeOf({ audit: ['{}'] }))
  // Behind everybody's back: whoever reads it anew finds nothing.
  tamper(folder, 'DELETE FROM body; DELETE FROM witness')
  assert.equal((await one.read([ONE]))[0], before)
})

test('nothing is kept or given from before while a change is under way', async (t) => {
  const { stores: [one], counter, folder } = await worldFor(t)
  await one.commit(changeOf({ put: [[ONE, 'absent', 'x']] }))
  await one.read([ONE])
  counter.begin()
  tamper(folder, 'UPDATE body SET version = 2; UPDATE witness SET version = 2')
  assert.equal((await one.read([ONE]))[0]?.version, 2)
  tamper(folder, 'UPDATE body SET version = 3; UPDATE witness SET version = 3')
  assert.equal((await one.read([ONE]))[0]?.version, 3)
  counter.end()
  assert.equal((await one.read([ONE]))[0]?.version, 3)
})

test('a commit that is refused leaves readers with what there is', async (t) => {
  const { stores: [one, two] } = await worldFor(t)
  await one.commit(changeOf({ put: [[ONE, 'absent', 'x']] }))
  await two.read([ONE])
  await assert.rejects(one.commit(changeOf({ put: [[ONE, 7, 'x']] })))
  assert.equal((await two.read([ONE]))[0]?.version, 1)
})

test('a process that inherits the counter sees it move', async () => {
  const counter = ChangeCounter.create()
  assert.ok(counter !== undefined)
  const program = fileURLToPath(new URL('testing/counting-process.ts', import.meta.url))
  const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc', counter.fd] })
  const seen: unknown[] = []
  const ask = async (): Promise<void> => {
    child.send('state')
    seen.push((await once(child, 'message'))[0])
  }
  await ask()
  counter.begin()
  await ask()
  counter.end()
  await ask()
  child.disconnect()
  assert.deepEqual(seen, [{ state: 0 }, {}, { state: 2 }])
})
