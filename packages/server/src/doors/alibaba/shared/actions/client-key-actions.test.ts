import assert from 'node:assert/strict'
import { createPublicKey, createSign, createVerify, X509Certificate } from 'node:crypto'
import { describe, test } from 'node:test'
import { alibaba } from '@claviger/wire'
import { OpensslFolder, withOpenssl } from '@claviger/vault/testing'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

const AapName = 'web'
const Password = 'Corr~ct!@#$%^&*?_-horse'
const NOBODY = 'KAAP.00000000-0000-4000-8000-000000000000'
const FORM = /^KAAP\.[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

async function withPoint(): Promise<SharedDoorUnderTest> {
  const world = await sharedDoorUnderTest()
  for (const name of [AapName, 'other']) {
    await world.call('CreatePolicy', {
      Name: name,
      Permissions: '["RbacPermission/Template/CryptoServiceKeyUser"]',
      Resources: '["key/*"]',
    })
    const Policies = JSON.stringify([name])
    await world.call('CreateApplicationAccessPoint', { Name: name, Policies })
  }
  return world
}

describe('client keys', () => {
  test('are given out once, as a file that their password opens', withOpenssl, async () => {
    const { call } = await withPoint()
    const { status, body } = await call('CreateClientKey', { AapName, Password })
    assert.equal(status, 200)
    assert.match(body.ClientKeyId, FORM)
    assert.equal(body.KeyAlgorithm, 'RSA_2048')
    const year = (time: string): number => new Date(time).getUTCFullYear()
    assert.equal(year(body.NotAfter) - year(body.NotBefore), 5)
    const pkcs12 = Buffer.from(body.PrivateKeyData, 'base64')
    const written = alibaba.instance.writeClientKeyFile({ keyId: body.ClientKeyId, pkcs12 })
    const read = alibaba.instance.readClientKeyFile(written)
    const folder = new OpensslFolder()
    try {
      const file = folder.file('key.p12', read.pkcs12)
      const pem = folder.run('pkcs12', '-in', file, '-nodes', '-passin', `pass:${Password}`)
      const signature = createSign('sha256').update('text').sign(pem)
      const { PublicKeyData } = (await call('GetClientKey', { ClientKeyId: body.ClientKeyId })).body
      const { publicKey, subject } = new X509Certificate(PublicKeyData)
      assert.ok(createVerify('sha256').update('text').verify(publicKey, signature))
      assert.ok(createPublicKey(pem).equals(publicKey))
      assert.match(subject, /CN=web$/)
    } finally {
      folder.remove()
    }
  })

  test('are told of without their private key, listed and deleted', async () => {
    const { call } = await withPoint()
    const validity = { NotBefore: '2030-01-01T00:00:00Z', NotAfter: '2031-01-01T00:00:00Z' }
    const made = (await call('CreateClientKey', { AapName, Password, ...validity })).body
    assert.deepEqual([made.NotBefore, made.NotAfter], Object.values(validity))
    const { ClientKeyId } = made
    const { RequestId: _, ...shown } = (await call('GetClientKey', { ClientKeyId })).body
    const { PublicKeyData, CreateTime, ...rest } = shown
    assert.match(PublicKeyData, /^-----BEGIN CERTIFICATE-----\n/)
    assert.match(CreateTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    const known = { KeyAlgorithm: 'RSA_2048', KeyOrigin: 'KMS_PROVIDED', ...validity }
    assert.deepEqual(rest, { ClientKeyId, AapName, ...known })
    const other = (await call('CreateClientKey', { AapName: 'other', Password })).body.ClientKeyId
    const ids = async (parameters = {}): Promise<readonly string[]> =>
      (await call('ListClientKeys', parameters)).body.ClientKeys.map(
        (one: { ClientKeyId: string }) => one.ClientKeyId,
      )
    assert.deepEqual(await ids({ AapName }), [ClientKeyId])
    const all = await ids()
    assert.ok(all.includes(ClientKeyId) && all.includes(other))
    assert.equal((await call('DeleteClientKey', { ClientKeyId })).status, 200)
    assert.deepEqual(await ids({ AapName }), [])
    const gone = await call('GetClientKey', { ClientKeyId })
    assert.deepEqual([gone.status, gone.body.Code], [404, 'Forbidden.ResourceNotFound'])
  })

  test('have passwords of the service, which no answer shows, and a time to come', async () => {
    const { call, memory } = await withPoint()
    const passwords = [
      'short1!',
      'a'.repeat(64),
      '12345678',
      '!!!!!!!!',
      `${'a1'.repeat(32)}b`,
      'with blank 1',
      'ümlaut-12',
    ]
    const refusals = [
      ...passwords.map((wrong) => ['Password', { Password: wrong }] as const),
      ['NotAfter', { NotAfter: '2001-01-01T00:00:00Z' }],
      ['NotAfter', { NotAfter: 'tomorrow' }],
      ['NotAfter', { NotBefore: '2040-01-01T00:00:00Z', NotAfter: '2039-01-01T00:00:00Z' }],
      ['AapName', { AapName: 'no name' }],
    ] as const
    for (const [parameter, parameters] of refusals) {
      const { status, body } = await call('CreateClientKey', { AapName, Password, ...parameters })
      assert.deepEqual([status, body.Code], [400, 'InvalidParameter'], JSON.stringify(parameters))
      assert.match(body.Message, new RegExp(parameter))
      const given = 'Password' in parameters ? parameters.Password : Password
      assert.ok(!JSON.stringify(body).includes(given))
    }
    assert.equal((await call('CreateClientKey', { AapName })).body.Code, 'MissingParameter')
    const none = await call('CreateClientKey', { AapName: 'none', Password })
    assert.deepEqual([none.status, none.body.Code], [404, 'Forbidden.ResourceNotFound'])
    assert.ok(!JSON.stringify(await memory.audit()).includes(Password))
    assert.deepEqual((await call('ListClientKeys', { AapName })).body.ClientKeys, [])
  })

  for (const [action, parameters] of [
    ['CreateClientKey', { AapName, Password }],
    ['GetClientKey', { ClientKeyId: NOBODY }],
    ['ListClientKeys', { AapName: 'none' }],
    ['DeleteClientKey', { ClientKeyId: NOBODY }],
  ] as const) {
    test(`${action} is for those alone who may`, async () => {
      const { call } = await withPoint()
      const { status, body } = await call(action, parameters, 'stranger')
      assert.deepEqual([status, body.Code], [403, 'Forbidden.NoPermission'])
      if (action === 'CreateClientKey') return
      assert.equal((await call(action, parameters)).body.Code, 'Forbidden.ResourceNotFound')
    })
  }

  test('are not found by what is no id of one', async () => {
    const { call } = await withPoint()
    for (const ClientKeyId of ['nonsense', 'LTAItest', '../x', 'a'.repeat(30_000)]) {
      const { body } = await call('GetClientKey', { ClientKeyId })
      assert.equal(body.Code, 'Forbidden.ResourceNotFound')
    }
  })
})
