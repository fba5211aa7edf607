import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Seal } from './seal/seal.ts'
import { selectPage } from './select-page.ts'
import { prefixOf, recordKeyOf } from './store/record-key.ts'
import type { Store } from './store/store.ts'
import { memoryVault } from './testing/memory-vault.ts'
import { UnitOfWork } from './unit-of-work.ts'

const LIVE = prefixOf('system', 'select', 'live')
const GONE = prefixOf('system', 'select', 'gone')

interface Numbered {
  readonly number: number
}

/** 1,201 records under one prefix and 3 under another, and how many are opened or held at a time. */
async function world() {
  const { store, seal } = await memoryVault()
  const filling = new UnitOfWork(store, seal)
  for (let number = 0; number < 1204; number += 1) {
    const name = String(number).padStart(5, '0')
    const key = recordKeyOf('system', 'select', number < 1201 ? 'live' : 'gone', name)
    filling.create<Numbered>(key, { meta: { number } })
  }
  await store.commit(await filling.change([]))
  let opened = 0
  let most = 0
  const counted: Store = {
    read: (keys) => store.read(keys),
    commit: (change) => store.commit(change),
    list: async (prefix, page) => {
      most = Math.max(most, page.limit)
      return await store.list(prefix, page)
    },
  }
  const counting: Seal = {
    prepare: (wanted) => seal.prepare(wanted),
    seal: (key, version, content) => seal.seal(key, version, content),
    open: (record) => {
      opened += 1
      return seal.open(record)
    },
    sealBlob: (...given) => seal.sealBlob(...given),
    openBlob: (...given) => seal.openBlob(...given),
  }
  const unit = new UnitOfWork(counted, counting)
  const select = (skip: number, take: number, isWanted?: (item: number) => boolean) =>
    selectPage<Numbered, number>(unit, { skip, take }, {
      prefixes: [LIVE, GONE],
      itemOf: ({ number }) => number,
      isWanted,
    })
  return { select, opened: () => opened, most: () => most }
}

describe('a part of a long list', () => {
  it('is what stands there, with the number of all, over pages and prefixes', async () => {
    const { select, opened, most } = await world()
    assert.deepEqual(await select(0, 3), { items: [0, 1, 2], total: 1204 })
    assert.deepEqual(await select(499, 3), { items: [499, 500, 501], total: 1204 })
    assert.deepEqual(await select(1199, 4), { items: [1199, 1200, 1201, 1202], total: 1204 })
    assert.deepEqual(await select(1203, 9), { items: [1203], total: 1204 })
    assert.deepEqual(await select(5000, 9), { items: [], total: 1204 })
    assert.deepEqual(await select(7, 0), { items: [], total: 1204 })
    assert.equal(opened(), 3 + 3 + 4 + 1)
    assert.ok(most() <= 500)
  })

  it('is of those that are wanted, where not all are', async () => {
    const { select } = await world()
    const even = (number: number): boolean => number % 2 === 0
    assert.deepEqual(await select(0, 2, even), { items: [0, 2], total: 602 })
    assert.deepEqual(await select(600, 5, even), { items: [1200, 1202], total: 602 })
    assert.deepEqual(await select(0, 5, () => false), { items: [], total: 0 })
  })

  it('lets others have a turn between two pages', async () => {
    const { select } = await world()
    let turns = 0
    const turn = (): void => {
      turns += 1
      waiting = setImmediate(turn)
    }
    let waiting = setImmediate(turn)
    await select(0, 1).finally(() => clearImmediate(waiting))
    assert.ok(turns >= 2)
  })
})
