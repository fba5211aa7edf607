import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { certificateFiles as files, testAuthority } from '@claviger/vault/testing'
import { assertRefused } from './assert-refused.ts'
import { memberOf } from './certificate-under-test.ts'
import { doorUnderTest, type DoorUnderTest, type Received } from './door-under-test.ts'

// Nobody checks the signature of a certificate that comes with its key, so anything may stand in it.
const NOT_BEFORE = '250101000000Z'
const NOT_AFTER = '20990101000000Z'
const DNS_NAME = '\x82\x0fwww.example.com'

/** The certificate of the file with something else of the same length in it, and the key. */
function changed(...changes: readonly (readonly [string, string])[]): string {
  const original = new X509Certificate(files.EC_PEM).raw.toString('latin1')
  const text = changes.reduce((before, [from, to]) => {
    assert.ok(before.includes(from) && from.length === to.length)
    return before.replace(from, to)
  }, original)
  const base64 = Buffer.from(text, 'latin1').toString('base64')
  return `${files.EC_KEY_PEM}-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`
}

const importOf = ({ call }: DoorUnderTest, value: string, policy: object = {}): Promise<Received> =>
  call('POST', '/certificates/web/import', { body: { value, policy } })

for (const time of ['20261399000000Z', '00000000000000Z', '              Z', '2026zz01000000Z']) {
  test(`a certificate that ends at '${time}' is none`, async () => {
    const door = await doorUnderTest()
    assertRefused(await importOf(door, changed([NOT_AFTER, time])), {
      status: 400,
      code: 'BadParameter',
      message: /Its certificate 1 is no X\.509 certificate\.$/,
    })
  })
}

test('a certificate that begins at no time is none', async () => {
  const door = await doorUnderTest()
  assert.equal((await importOf(door, changed([NOT_BEFORE, '251399000000Z']))).status, 400)
})

test('a certificate of eight thousand years is renewed for as long as a policy can say', async () => {
  const door = await doorUnderTest()
  const forever = changed([NOT_BEFORE, '500101000000Z'], [NOT_AFTER, '99991231235959Z'])
  const first = { trigger: { lifetime_percentage: 1 }, action: { action_type: 'AutoRenew' } }
  const policy = { issuer: { name: 'Self' }, lifetime_actions: [first] }
  const imported = await importOf(door, forever, policy)
  assert.equal(imported.status, 200, imported.text)
  assert.equal(memberOf(imported, 'attributes')['nbf'], 0)
  assert.equal(Object(imported.json['policy']).x509_props.validity_months, 1200)
  assert.equal((await door.call('POST', '/certificates/web/create', { body: {} })).status, 202)
  const { json } = await door.call('GET', '/certificates/web')
  const { validTo } = new X509Certificate(Buffer.from(String(json['cer']), 'base64'))
  assert.match(validTo, / 2126 GMT$/)
})

const odd = [
  ['an address of fifteen octets', `\x87\x0f${'\x01'.repeat(15)}`],
  ['a network, and a name with a control in it', '\x87\x08\xc0\x00\x02\x00\xff\xff\xff\x00\x82\x05\xc3 <>\0'],
] as const

for (const [what, name] of odd) {
  test(`${what} stay out of the policy, which makes the next version`, async () => {
    const door = await doorUnderTest()
    const imported = await importOf(door, changed([DNS_NAME, name]), { issuer: { name: 'Self' } })
    assert.equal(imported.status, 200, imported.text)
    assert.deepEqual(Object(imported.json['policy']).x509_props.sans, {})
    assert.equal((await door.call('POST', '/certificates/web/create', { body: {} })).status, 202)
    const body = { lifetime_actions: [] }
    assert.equal((await door.call('PATCH', '/certificates/web/policy', { body })).status, 200)
  })
}

test('a secret that nobody could carry is not made', async () => {
  const door = await doorUnderTest()
  const { certificate } = testAuthority(`CN=${'x'.repeat(20_000)}`, door.memory.clock.now())
  const base64 = Buffer.from(certificate).toString('base64')
  const large = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`
  const refused = await importOf(door, files.EC_KEY_PEM + files.EC_PEM + large.repeat(8))
  assertRefused(refused, {
    status: 400,
    code: 'BadParameter',
    message: /and at most 262144 fit; send a shorter chain\.$/,
  })
  const taken = await importOf(door, files.EC_KEY_PEM + files.EC_PEM + large.repeat(2))
  assert.equal(taken.status, 200, taken.text)
})
