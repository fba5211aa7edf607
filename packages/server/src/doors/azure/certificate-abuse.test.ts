import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certificateFiles as files, testAuthority } from '@claviger/vault/testing'
import { createCertificate, EC_POLICY, memberOf } from './certificate-under-test.ts'
import { doorUnderTest, versionOf, type DoorUnderTest, type Received } from './door-under-test.ts'

const PEM = { contentType: 'application/x-pem-file' }
const STAYS = {
  ...EC_POLICY,
  key_props: { kty: 'EC', crv: 'P-256', exportable: false, reuse_key: true },
  secret_props: PEM,
}
const MAY_LEAVE = { kty: 'EC', exportable: true, reuse_key: true }

const publicPart = async ({ call }: DoorUnderTest): Promise<unknown> =>
  memberOf(await call('GET', '/keys/web'), 'key')['x']

const hasPrivateKey = async ({ call }: DoorUnderTest): Promise<boolean> =>
  String((await call('GET', '/secrets/web')).json['value']).includes('PRIVATE KEY')

/** Merges what an authority answers to the request of `web`. */
async function merge({ call, memory }: DoorUnderTest, members: object = {}): Promise<Received> {
  const { json } = await call('GET', '/certificates/web/pending')
  const from = memory.clock.now()
  const leaf = testAuthority('CN=authority', from).issue(Buffer.from(String(json['csr']), 'base64'), from)
  const body = { x5c: [Buffer.from(leaf).toString('base64')], ...members }
  return call('POST', '/certificates/web/pending/merge', { body })
}

const begun: readonly (readonly [string, (door: DoorUnderTest) => Promise<Received>])[] = [
  ['made here', (door) => createCertificate(door, 'web', { policy: STAYS })],
  ['made as the type of an HSM', (door) =>
    createCertificate(door, 'web', {
      policy: { ...STAYS, key_props: { ...STAYS.key_props, kty: 'EC-HSM' } },
    })],
  ['imported', ({ call }) =>
    call('POST', '/certificates/web/import', {
      body: {
        value: files.EC_KEY_PEM + files.EC_PEM,
        policy: { key_props: { exportable: false, reuse_key: true }, secret_props: PEM, issuer: { name: 'Self' } },
      },
    })],
]

for (const [how, begin] of begun) {
  test(`a key that was ${how} to stay is not let out by a later policy that keeps it`, async () => {
    const door = await doorUnderTest()
    await begin(door)
    const stays = await publicPart(door)
    const body = { key_props: MAY_LEAVE }
    assert.equal((await door.call('PATCH', '/certificates/web/policy', { body })).status, 200)
    assert.equal((await door.call('POST', '/certificates/web/create', { body: {} })).status, 202)
    assert.notEqual(await publicPart(door), stays)
    assert.ok(await hasPrivateKey(door))
  })
}

test('a key that waits for its certificate, made to stay, is not let out by a policy that comes meanwhile', async () => {
  const door = await doorUnderTest()
  const { call } = door
  await createCertificate(door, 'web', { policy: { ...STAYS, issuer: { name: 'Unknown' } } })
  await call('PATCH', '/certificates/web/policy', { body: { key_props: { exportable: true } } })
  assert.equal((await merge(door)).status, 201)
  assert.ok(!(await hasPrivateKey(door)))
  const stays = await publicPart(door)
  await call('POST', '/certificates/web/create', { body: {} })
  assert.equal((await merge(door)).status, 201)
  assert.notEqual(await publicPart(door), stays)
})

test('a restored key that was made to stay still stays', async () => {
  const door = await doorUnderTest()
  const { call } = door
  await createCertificate(door, 'web', { policy: STAYS })
  const stays = await publicPart(door)
  const { json: body } = await call('POST', '/certificates/web/backup')
  await call('DELETE', '/certificates/web')
  await call('DELETE', '/deletedcertificates/web')
  assert.equal((await call('POST', '/certificates/restore', { body })).status, 200)
  await call('PATCH', '/certificates/web/policy', { body: { key_props: MAY_LEAVE } })
  await call('POST', '/certificates/web/create', { body: {} })
  assert.notEqual(await publicPart(door), stays)
})

test('what is changed of a certificate that waits is so when its answer is merged', async () => {
  const door = await doorUnderTest()
  const policy = { ...EC_POLICY, issuer: { name: 'Unknown' } }
  await createCertificate(door, 'web', { policy, tags: { a: 'b' } })
  const body = { tags: { c: 'd' }, attributes: { enabled: false } }
  const changed = await door.call('PATCH', '/certificates/web/', { body })
  assert.equal(memberOf(changed, 'attributes')['enabled'], false)
  const merged = await merge(door)
  assert.equal(versionOf(merged), versionOf(changed))
  assert.deepEqual(merged.json['tags'], { c: 'd' })
  assert.equal(memberOf(merged, 'attributes')['enabled'], false)
  assert.equal((await door.call('GET', '/secrets/web')).status, 403)
})

test('what is changed of a version at work is not that of the next, which waits', async () => {
  const door = await doorUnderTest()
  await createCertificate(door, 'web')
  const policy = { ...EC_POLICY, issuer: { name: 'Unknown' } }
  await createCertificate(door, 'web', { policy, tags: { a: 'b' } })
  await door.call('PATCH', '/certificates/web/', { body: { tags: { c: 'd' } } })
  assert.deepEqual((await merge(door)).json['tags'], { a: 'b' })
})
