import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertRefused } from './assert-refused.ts'
import { doorUnderTest, ORIGIN, setSecret } from './door-under-test.ts'
import { KEY_ROUTES } from './key-routes.ts'
import { createKey, receivedKey } from './key-under-test.ts'
import { UNSERVED_KEY_ROUTES } from './unserved-key-routes.ts'

const now = 1_767_225_600 // where the clock of the test vault stands
const attributes = {
  enabled: true,
  created: now,
  updated: now,
  recoveryLevel: 'Recoverable+Purgeable',
  recoverableDays: 90,
  exportable: false,
  hsmPlatform: '0',
}

test('the tables have the published operations and nothing else', () => {
  // Source: the published description of keys, 2026-04-01; release and attestation have two paths,
  // because clients leave an empty version out.
  assert.deepEqual(
    [...KEY_ROUTES, ...UNSERVED_KEY_ROUTES].map(({ method, path }) => `${method} ${path}`).toSorted(),
    [
      'DELETE /deletedkeys/:name',
      'DELETE /keys/:name',
      'GET /deletedkeys',
      'GET /deletedkeys/:name',
      'GET /keys',
      'GET /keys/:name/:version/attestation',
      'GET /keys/:name/:version?',
      'GET /keys/:name/attestation',
      'GET /keys/:name/rotationpolicy',
      'GET /keys/:name/versions',
      'PATCH /keys/:name/:version?',
      'POST /deletedkeys/:name/recover',
      'POST /keys/:name/:version/decrypt',
      'POST /keys/:name/:version/encrypt',
      'POST /keys/:name/:version/release',
      'POST /keys/:name/:version/secureunwrapkey',
      'POST /keys/:name/:version/securewrapkey',
      'POST /keys/:name/:version/sign',
      'POST /keys/:name/:version/unwrapkey',
      'POST /keys/:name/:version/verify',
      'POST /keys/:name/:version/wrapkey',
      'POST /keys/:name/backup',
      'POST /keys/:name/create',
      'POST /keys/:name/release',
      'POST /keys/:name/rotate',
      'POST /keys/restore',
      'POST /rng',
      'PUT /keys/:name',
      'PUT /keys/:name/rotationpolicy',
    ],
  )
})

test('no operation on keys has two routes', () => {
  const served = KEY_ROUTES.map(({ operation }) => operation)
  assert.equal(new Set(served).size, served.length)
})

test('create answers the public half, and the members that were given', async () => {
  const door = await doorUnderTest()
  const { json } = await door.call('POST', '/keys/Mixed-Case/create', {
    body: {
      kty: 'EC',
      crv: 'P-384',
      key_ops: ['verify', 'sign'],
      attributes: { enabled: true, nbf: 1, exp: 2_000_000_000 },
      tags: { a: 'b' },
      unknown: [],
    },
  })
  const { kid, key } = receivedKey({ status: 200, headers: {}, text: '', json })
  assert.match(kid, /^https:\/\/default\.vault\.localhost:8443\/keys\/Mixed-Case\/[0-9a-f]{32}$/)
  assert.deepEqual(json, {
    key: { kid, kty: 'EC', key_ops: ['verify', 'sign'], crv: 'P-384', x: key['x'], y: key['y'] },
    attributes: { ...attributes, nbf: 1, exp: 2_000_000_000 },
    tags: { a: 'b' },
  })
  assert.equal(Buffer.from(String(key['x']), 'base64url').byteLength, 48)
})

test('create takes each type with its sizes, curves and defaults', async () => {
  const door = await doorUnderTest()
  const cipher = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']
  const all = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey']
  const signing = ['sign', 'verify']
  const cases: readonly (readonly [object, object])[] = [
    [{ kty: 'RSA' }, { kty: 'RSA', key_ops: all, e: 'AQAB' }],
    [{ kty: 'RSA-HSM', key_size: 2048, public_exponent: 65_537 }, { kty: 'RSA-HSM', key_ops: all, e: 'AQAB' }],
    [{ kty: 'EC' }, { kty: 'EC', key_ops: signing, crv: 'P-256' }],
    [{ kty: 'EC-HSM', crv: 'P-521' }, { kty: 'EC-HSM', key_ops: signing, crv: 'P-521' }],
    [{ kty: 'EC', crv: 'P-256K', key_size: 256 }, { kty: 'EC', key_ops: signing, crv: 'P-256K' }],
    [{ kty: 'oct' }, { kty: 'oct', key_ops: cipher }],
    [{ kty: 'oct-HSM', key_size: 192, key_ops: [] }, { kty: 'oct-HSM', key_ops: [] }],
    [{ kty: 'OKP' }, { kty: 'OKP', key_ops: signing, crv: 'Ed25519' }],
    [{ kty: 'OKP', crv: 'X25519' }, { kty: 'OKP', key_ops: [], crv: 'X25519' }],
    [{ kty: 'RSA-HSM', key_ops: ['import'] }, { kty: 'RSA-HSM', key_ops: ['import'], e: 'AQAB' }],
    [{ kty: 'EC', attributes: {}, tags: null, key_ops: null }, { kty: 'EC', key_ops: signing, crv: 'P-256' }],
    [{ kty: 'EC', attributes: { exportable: false } }, { kty: 'EC', key_ops: signing, crv: 'P-256' }],
  ]
  for (const [members, expected] of cases) {
    const { key } = await createKey(door, 'k', members)
    const { kid: _, n: __, x: ___, y: ____, ...shown } = key
    assert.deepEqual(shown, expected, JSON.stringify(members))
  }
})

test('get answers the latest version however its absence is written, and an older one by its id', async () => {
  const door = await doorUnderTest()
  const old = await createKey(door, 'k')
  const { kid } = await createKey(door, 'k', { key_ops: ['sign'] })
  for (const path of ['/keys/k', '/keys/k/', '/keys/k//', '//keys/k', '/KEYS/K']) {
    assert.equal(receivedKey(await door.call('GET', path)).kid, kid, path)
  }
  for (const path of [`/keys/k/${old.version}`, `/keys/k/${old.version.toUpperCase()}/`]) {
    assert.equal(receivedKey(await door.call('GET', path)).kid, old.kid, path)
  }
})

test('key_size is told of symmetric keys, from the version on that has it', async () => {
  const door = await doorUnderTest()
  await createKey(door, 'k', { kty: 'oct', key_size: 192 })
  for (const [version, size] of [['7.6', undefined], ['2025-07-01', undefined], ['2026-01-01-preview', 192], ['2026-04-01', 192], ['2030-01-01', 192]] as const) {
    const answer = await door.send('GET', `/keys/k?api-version=${version}`)
    assert.equal(receivedKey(answer).attributes['key_size'], size, version)
  }
})

test('update changes what is given and leaves the rest', async () => {
  const door = await doorUnderTest()
  const { kid, version, key } = await createKey(door, 'k', { tags: { a: 'b' }, attributes: { exp: 2_000_000_000 } })
  const body = { key_ops: ['verify'], attributes: { enabled: false }, tags: { c: 'd' } }
  for (const path of ['/keys/k', '/keys/k/', `/keys/k/${version}`]) {
    const { status, json } = await door.call('PATCH', path, { body })
    assert.equal(status, 200)
    assert.deepEqual(json, {
      key: { ...key, kid, key_ops: ['verify'] },
      attributes: { ...attributes, enabled: false, exp: 2_000_000_000 },
      tags: { c: 'd' },
    })
  }
  assert.equal((await door.call('GET', '/keys/k')).status, 200)
})

test('the lists show ids and attributes, page by page, and no public half', async () => {
  const door = await doorUnderTest()
  const { version } = await createKey(door, 'a', { tags: { t: '1' } })
  await createKey(door, 'b')
  const first = await door.send('GET', '/keys?api-version=7.6&maxresults=1')
  assert.deepEqual(first.json['value'], [{ kid: `${ORIGIN}/keys/a`, attributes, tags: { t: '1' } }])
  const next = String(first.json['nextLink'])
  assert.ok(next.startsWith(`${ORIGIN}/keys?api-version=7.6&$skiptoken=`))
  const second = await door.send('GET', next.slice(ORIGIN.length))
  assert.deepEqual(second.json, { value: [{ kid: `${ORIGIN}/keys/b`, attributes }], nextLink: null })
  const versions = await door.call('GET', '/keys/a/versions')
  assert.deepEqual(versions.json, {
    value: [{ kid: `${ORIGIN}/keys/a/${version}`, attributes, tags: { t: '1' } }],
    nextLink: null,
  })
})

test('a deleted key shows its deletion, keeps its name, and can be recovered and purged', async () => {
  const door = await doorUnderTest()
  const { json: made } = await door.call('POST', '/keys/k/create', { body: { kty: 'EC' } })
  const deletion = {
    recoveryId: `${ORIGIN}/deletedkeys/k`,
    deletedDate: now,
    scheduledPurgeDate: now + 90 * 86_400,
  }
  assert.deepEqual((await door.call('DELETE', '/keys/k')).json, { ...deletion, ...made })
  assert.deepEqual((await door.call('GET', '/deletedkeys/K')).json, { ...deletion, ...made })
  assert.deepEqual((await door.call('GET', '/deletedkeys')).json['value'], [
    { ...deletion, kid: `${ORIGIN}/keys/k`, attributes },
  ])
  const taken = {
    status: 409,
    code: 'Conflict',
    inner: 'ObjectIsDeletedButRecoverable',
    message:
      'Key k is currently in a deleted but recoverable state, and its name cannot be reused; ' +
      'in this state, the key can only be recovered or purged.',
  }
  assertRefused(await door.call('POST', '/keys/k/create', { body: { kty: 'EC' } }), taken)
  assertRefused(await door.call('GET', '/keys/k'), {
    status: 404,
    code: 'KeyNotFound',
    message: /^A key with \(name\/id\) k was not found in this key vault\. If you recently deleted this key/,
  })
  assert.deepEqual((await door.call('POST', '/deletedkeys/k/recover')).json, made)
  await door.call('DELETE', '/keys/k')
  const purged = await door.call('DELETE', '/deletedkeys/k')
  assert.deepEqual([purged.status, purged.text], [204, ''])
  assertRefused(await door.call('GET', '/deletedkeys/k'), {
    status: 404,
    code: 'KeyNotFound',
    message: 'Deleted Key not found: k',
  })
})

test('a backup is restored with name and versions, and not over a key that exists', async () => {
  const door = await doorUnderTest()
  const { json: made } = await door.call('POST', '/keys/k/create', { body: { kty: 'EC' } })
  const { json: body } = await door.call('POST', '/keys/k/backup')
  assertRefused(await door.call('POST', '/keys/restore', { body }), {
    status: 409,
    code: 'Conflict',
    message: /^Key k already exists in this key vault\./,
  })
  await door.call('DELETE', '/keys/k')
  await door.call('DELETE', '/deletedkeys/k')
  assert.deepEqual((await door.call('POST', '/keys/restore', { body })).json, made)
})

test('rotate answers a new version of the same kind', async () => {
  const door = await doorUnderTest()
  const before = await createKey(door, 'k', { kty: 'EC-HSM', crv: 'P-384', key_ops: ['sign'] })
  const { status, json } = await door.call('POST', '/keys/k/rotate')
  const after = receivedKey({ status, headers: {}, text: '', json })
  assert.equal(status, 200)
  assert.notEqual(after.version, before.version)
  const { kid: _, x: __, y: ___, ...same } = after.key
  assert.deepEqual(same, { kty: 'EC-HSM', crv: 'P-384', key_ops: ['sign'] })
})

test('a rotation policy is the standard one until another is set', async () => {
  const door = await doorUnderTest()
  await createKey(door, 'Key')
  const id = `${ORIGIN}/keys/Key/rotationpolicy`
  const notify = { trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'Notify' } }
  const standard = { id, lifetimeActions: [notify], attributes: {} }
  assert.deepEqual((await door.call('GET', '/keys/key/rotationpolicy')).json, standard)
  const rotate = (type: string, trigger: object): object => ({ trigger, action: { type } })
  const { status, json } = await door.call('PUT', '/keys/key/rotationpolicy', {
    body: {
      id: 'ignored',
      lifetimeActions: [rotate('rotate', { timeAfterCreate: 'P90D', timeBeforeExpiry: '' })],
      attributes: { expiryTime: 'P2Y', created: 1, updated: 2 },
    },
  })
  const set = {
    id,
    lifetimeActions: [rotate('Rotate', { timeAfterCreate: 'P90D' }), notify],
    attributes: { expiryTime: 'P2Y', created: now, updated: now },
  }
  assert.equal(status, 200)
  assert.deepEqual(json, set)
  assert.deepEqual((await door.call('GET', '/keys/key/rotationpolicy')).json, set)
  assert.deepEqual((await door.call('PUT', '/keys/key/rotationpolicy', { body: set })).json, set)
})

test('random octets come in the number that is asked for', async () => {
  const door = await doorUnderTest()
  for (const count of [1, 32, 128]) {
    const { status, json } = await door.call('POST', '/rng', { body: { count } })
    assert.equal(status, 200)
    assert.equal(Buffer.from(String(json['value']), 'base64url').byteLength, count)
  }
})

test('a key and a secret may have the same name', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'a')
  await createKey(door, 'a')
  await door.call('DELETE', '/keys/a')
  assert.equal((await door.call('GET', '/secrets/a')).status, 200)
})

test('an operation that is not offered says so, and needs a token all the same', async () => {
  const door = await doorUnderTest()
  await createKey(door, 'k')
  const asked = [
    ['POST', '/keys/k/release', 'release'],
    ['POST', '/keys/k//release', 'release'],
    ['GET', '/keys/k/attestation', 'attestation'],
    ['POST', '/keys/k//securewrapkey', 'securewrapkey'],
    ['POST', '/keys/k/0123456789abcdef0123456789abcdef/secureunwrapkey', 'secureunwrapkey'],
  ] as const
  for (const [method, path, name] of asked) {
    assertRefused(await door.send(method, `${path}?api-version=2026-04-01`, { body: {} }), {
      status: 400,
      code: 'NotSupported',
      message: new RegExp(`^Operation "${name}" is not enabled for this vault\\.`),
    })
    assert.equal((await door.call(method, path, { token: null })).status, 401)
  }
})

test('an operation that an api-version does not know is not found', async () => {
  const door = await doorUnderTest()
  assertRefused(await door.send('POST', '/rng?api-version=7.2', { body: { count: 1 } }), {
    status: 404,
    code: 'ResourceNotFound',
    message: 'This operation needs api-version 7.3-preview or later.',
  })
})

test('each request is audited under its name, and without what it was about', async () => {
  const door = await doorUnderTest()
  const planted = 'cGxhbnRlZC1wbGFpbnRleHQtMTIzNDU2' // planted-plaintext-123456
  const { version } = await createKey(door, 'k', { kty: 'oct' })
  const body = { alg: 'A256KW', value: planted }
  const wrapped = await door.call('POST', '/keys/k//wrapkey', { body })
  const entry = await door.lastAudit()
  assert.equal(entry?.operationName, 'KeyWrap')
  assert.equal(entry?.properties.id, `keys/k/${version}`)
  const unwrap = { alg: 'A256KW', value: wrapped.json['value'] }
  assert.equal((await door.call('POST', '/keys/k//unwrapkey', { body: unwrap })).json['value'], planted)
  const audit = JSON.stringify(await door.memory.audit()) + JSON.stringify(door.logged)
  for (const needle of [planted.slice(0, 24), 'planted-plaintext', String(wrapped.json['value']).slice(0, 24)]) {
    assert.ok(!audit.includes(needle))
  }
})
