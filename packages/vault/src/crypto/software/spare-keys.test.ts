import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Secret } from '../../seal/secret.ts'
import type { NewKey } from '../provider.ts'
import { SoftwareProvider } from './software-provider.ts'
import { SpareKeys } from './spare-keys.ts'

function made(): NewKey {
  return { spec: { type: 'oct', bits: 128 }, material: new Secret(new Uint8Array(16).fill(7)) }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('spare keys', () => {
  it('are made up to their number, one at a time, and again after one was taken', async () => {
    let making = 0
    let count = 0
    const make = async (): Promise<NewKey> => {
      making++
      assert.equal(making, 1)
      await new Promise(setImmediate)
      making--
      count++
      return made()
    }
    const spare = new SpareKeys({ size: 2, make, isIdle: () => true })
    assert.equal(spare.take(), undefined)
    await until(() => spare.count === 2)
    assert.equal(count, 2)
    assert.ok(spare.take() !== undefined)
    await until(() => spare.count === 2)
    assert.equal(count, 3)
    spare.close()
  })

  it('are not made while there is something better to do, or when none are wanted', async () => {
    const make = async (): Promise<NewKey> => assert.fail('nothing should be made')
    const busy = new SpareKeys({ size: 1, make, isIdle: () => false })
    const none = new SpareKeys({ size: 0, make, isIdle: () => true })
    await new Promise((resolve) => setTimeout(resolve, 120))
    assert.deepEqual([busy.count, none.count], [0, 0])
    busy.close()
    none.close()
  })

  it('are wiped in the end, and so is one that was being made', async () => {
    const keys: NewKey[] = []
    const make = async (): Promise<NewKey> => {
      const key = made()
      keys.push(key)
      return key
    }
    const spare = new SpareKeys({ size: 1, make, isIdle: () => true })
    await until(() => spare.count === 1)
    spare.close()
    assert.equal(spare.take(), undefined)
    assert.deepEqual(keys[0]?.material.reveal(), new Uint8Array(16))
  })

  it('are what a new RSA key of the usual kind is', async () => {
    const provider = await SoftwareProvider.open({ spareRsaKeys: 1 })
    await until(() => provider.spareRsaKeys === 1)
    const spec = { type: 'RSA', bits: 2048, publicExponent: 65_537 } as const
    await provider.create({ ...spec, publicExponent: 65_539 })
    assert.equal(provider.spareRsaKeys, 1)
    const key = await provider.create(spec)
    assert.equal(provider.spareRsaKeys, 0)
    assert.deepEqual(key.spec, spec)
    provider.close()
  })
})
