import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DenialLimit } from '@claviger/vault'
import { doorUnderTest, setSecret } from './door-under-test.ts'

async function limited(perMinute: number) {
  let throttled = 0
  const door = await doorUnderTest(undefined, ({ clock }) => ({
    denials: new DenialLimit(perMinute, clock),
    onThrottled: () => {
      throttled++
    },
  }))
  const asStranger = (path: string) => door.call('GET', path, { token: 'stranger' })
  return { door, asStranger, throttled: () => throttled }
}

test('who is denied again and again is refused with 429 and leaves no more entries', async () => {
  const { door, asStranger, throttled } = await limited(3)
  for (const name of ['a', 'b', 'c']) assert.equal((await asStranger(`/secrets/${name}`)).status, 403)
  const before = (await door.memory.audit()).length
  for (let count = 0; count < 50; count++) {
    const answer = await asStranger(`/secrets/s${count}`)
    assert.equal(answer.status, 429)
    assert.equal(answer.headers['Retry-After'], '20')
  }
  assert.equal((await door.memory.audit()).length, before)
  assert.equal(throttled(), 50)
})

test('each denial that is answered is audited, also after the limit has held for a while', async () => {
  const { door, asStranger } = await limited(3)
  const before = (await door.memory.audit()).length
  let denied = 0
  for (let count = 0; count < 100; count++) {
    if ((await asStranger('/secrets/a')).status === 403) denied++
    door.memory.clock.advance(5)
  }
  assert.ok(denied > 20 && denied < 40, String(denied))
  assert.equal((await door.memory.audit()).length, before + denied)
})

test('other operations, and other callers, are not refused for it', async () => {
  const { door, asStranger } = await limited(1)
  await setSecret(door, 'a')
  assert.equal((await asStranger('/secrets/a')).status, 403)
  assert.equal((await asStranger('/secrets/a')).status, 429)
  assert.equal((await asStranger('/secrets')).status, 403)
  assert.equal((await door.call('GET', '/secrets/a')).status, 200)
})

test('what is allowed, and what fails otherwise, does not count', async () => {
  const { door } = await limited(1)
  for (let count = 0; count < 20; count++) {
    assert.equal((await door.call('GET', '/secrets/none')).status, 404)
  }
})
