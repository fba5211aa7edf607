import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertRefused } from './assert-refused.ts'
import { doorUnderTest, ORIGIN, setSecret, versionOf, type Received } from './door-under-test.ts'
import { SECRET_ROUTES } from './secret-routes.ts'

const now = 1_767_225_600 // where the clock of the test vault stands
const attributes = {
  enabled: true,
  created: now,
  updated: now,
  recoveryLevel: 'Recoverable+Purgeable',
  recoverableDays: 90,
}

test('the table has the twelve published operations and nothing else', () => {
  // Source: the published description of secrets, 2026-04-01.
  assert.deepEqual(SECRET_ROUTES.map(({ method, path }) => `${method} ${path}`).toSorted(), [
    'DELETE /deletedsecrets/:name',
    'DELETE /secrets/:name',
    'GET /deletedsecrets',
    'GET /deletedsecrets/:name',
    'GET /secrets',
    'GET /secrets/:name/:version?',
    'GET /secrets/:name/versions',
    'PATCH /secrets/:name/:version?',
    'POST /deletedsecrets/:name/recover',
    'POST /secrets/:name/backup',
    'POST /secrets/restore',
    'PUT /secrets/:name',
  ])
})

test('no operation on secrets has two routes', () => {
  const served = SECRET_ROUTES.map(({ operation }) => operation)
  assert.equal(new Set(served).size, served.length)
})

test('set answers the bundle with its value', async () => {
  const door = await doorUnderTest()
  const answer = await setSecret(door, 'Mixed-Case', {
    value: 'pässword',
    contentType: 'text/plain',
    attributes: { enabled: true, nbf: 1, exp: 2 },
    tags: { a: 'b' },
    unknown: { ignored: [] },
  })
  assert.equal(
    answer.text,
    `{"value":"pässword","id":"${ORIGIN}/secrets/Mixed-Case/${versionOf(answer)}",` +
      `"contentType":"text/plain","attributes":{"enabled":true,"nbf":1,"exp":2,"created":${now},` +
      `"updated":${now},"recoveryLevel":"Recoverable+Purgeable","recoverableDays":90},` +
      '"tags":{"a":"b"}}',
  )
})

test('set takes what the SDKs send when nothing is set', async () => {
  const door = await doorUnderTest()
  const bodies = [
    {},
    { attributes: {} },
    { attributes: null, tags: null, contentType: null },
    { attributes: { enabled: null, nbf: null, exp: null } },
  ]
  for (const members of bodies) {
    const { json } = await setSecret(door, 'a', members)
    assert.deepEqual(Object.keys(json), ['value', 'id', 'attributes'])
  }
})

test('an empty value is a value', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'a', { value: '' })
  assert.equal((await door.call('GET', '/secrets/a')).json['value'], '')
})

test('get answers the latest version however its absence is written', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'a', { value: 'one' })
  await setSecret(door, 'a', { value: 'two' })
  const paths = ['/secrets/a', '/secrets/a/', '/secrets/a//', '//secrets/a', '/SECRETS/A']
  for (const path of [...paths, '/secrets/%61', '/%73ecrets/a/']) {
    assert.equal((await door.call('GET', path)).json['value'], 'two', path)
  }
})

test('get answers an older version by its id', async () => {
  const door = await doorUnderTest()
  const version = versionOf(await setSecret(door, 'a', { value: 'one' }))
  await setSecret(door, 'a', { value: 'two' })
  for (const path of [`/secrets/a/${version}`, `/secrets/a/${version.toUpperCase()}/`]) {
    assert.equal((await door.call('GET', path)).json['value'], 'one', path)
  }
})

test('update changes what is given, leaves the rest and shows no value', async () => {
  const door = await doorUnderTest()
  const version = versionOf(
    await setSecret(door, 'a', { contentType: 'x', tags: { a: 'b' }, attributes: { exp: 9 } }),
  )
  const body = { attributes: { enabled: false }, tags: { c: 'd' } }
  for (const path of ['/secrets/a', '/secrets/a/', `/secrets/a/${version}`]) {
    const { status, json } = await door.call('PATCH', path, { body })
    assert.equal(status, 200)
    assert.deepEqual(json, {
      id: `${ORIGIN}/secrets/a/${version}`,
      contentType: 'x',
      attributes: { ...attributes, enabled: false, exp: 9 },
      tags: { c: 'd' },
    })
  }
  assertRefused(await door.call('GET', '/secrets/a'), {
    status: 403,
    code: 'Forbidden',
    inner: 'SecretDisabled',
    message: 'Operation get is not allowed on a disabled secret.',
  })
})

test('a secret outside its dates can still be read', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'early', { attributes: { nbf: now + 1000 } })
  await setSecret(door, 'late', { attributes: { exp: 1 } })
  assert.equal((await door.call('GET', '/secrets/early')).status, 200)
  assert.equal((await door.call('GET', '/secrets/late')).status, 200)
})

test('a deleted secret shows its deletion, keeps its name, and can be recovered', async () => {
  const door = await doorUnderTest()
  const version = versionOf(await setSecret(door, 'a', { tags: { t: '1' } }))
  const bundle = {
    recoveryId: `${ORIGIN}/deletedsecrets/a`,
    deletedDate: now,
    scheduledPurgeDate: now + 90 * 86_400,
    id: `${ORIGIN}/secrets/a/${version}`,
    attributes,
    tags: { t: '1' },
  }
  assert.deepEqual((await door.call('DELETE', '/secrets/a')).json, bundle)
  assert.deepEqual((await door.call('GET', '/deletedsecrets/A')).json, bundle)
  const listed = (await door.call('GET', '/deletedsecrets')).json['value']
  assert.deepEqual(listed, [{ ...bundle, id: `${ORIGIN}/secrets/a` }])
  assert.equal((await door.call('GET', '/secrets/a')).status, 404)
  assertRefused(await door.call('PUT', '/secrets/a', { body: { value: 'v' } }), {
    status: 409,
    code: 'Conflict',
    inner: 'ObjectIsDeletedButRecoverable',
    message:
      'Secret a is currently in a deleted but recoverable state, and its name cannot be reused; ' +
      'in this state, the secret can only be recovered or purged.',
  })
  const { status, json } = await door.call('POST', '/deletedsecrets/a/recover')
  assert.equal(status, 200)
  assert.deepEqual(json, { id: bundle.id, attributes, tags: { t: '1' } })
  assert.equal((await door.call('GET', '/secrets/a')).json['value'], 'v')
})

test('purge answers 204 with nothing in it, and nothing comes back', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'a')
  await door.call('DELETE', '/secrets/a')
  const { status, text, headers } = await door.call('DELETE', '/deletedsecrets/a')
  assert.deepEqual([status, text, headers['Content-Type']], [204, '', undefined])
  assert.equal((await door.lastAudit())?.properties.httpStatusCode, 204)
  assert.equal((await door.call('POST', '/deletedsecrets/a/recover')).status, 404)
})

test('a purge under purge protection is refused in the words of the service', async () => {
  const door = await doorUnderTest()
  const { vault, administrator } = door.memory
  await vault.vaults.update(administrator, { vault: 'default', purgeProtection: true })
  const { json } = await setSecret(door, 'a')
  assert.deepEqual(json['attributes'], { ...attributes, recoveryLevel: 'Recoverable' })
  await door.call('DELETE', '/secrets/a')
  assertRefused(await door.call('DELETE', '/deletedsecrets/a'), {
    status: 403,
    code: 'Forbidden',
    message:
      'Operation "purge" is not allowed because purge protection is enabled for this vault. ' +
      'Key Vault service will automatically purge it after the retention period has passed.\r\n' +
      'Vault: default;location=test',
  })
})

test('a backup is restored with all its versions once the name is free', async () => {
  const door = await doorUnderTest()
  const version = versionOf(await setSecret(door, 'a', { value: 'one' }))
  await setSecret(door, 'a', { value: 'two' })
  const blob = String((await door.call('POST', '/secrets/a/backup', { body: '{}' })).json['value'])
  assert.match(blob, /^[\w-]+$/)
  const restore = (value: string): Promise<Received> =>
    door.call('POST', '/secrets/restore', { body: { value } })

  assertRefused(await restore(blob), {
    status: 409,
    code: 'Conflict',
    message:
      'Secret a already exists in this key vault. Restore the backup into another vault, ' +
      'or delete and purge this secret first.',
  })
  await door.call('DELETE', '/secrets/a')
  assert.equal((await restore(blob)).status, 409)
  await door.call('DELETE', '/deletedsecrets/a')

  const restored = await restore(Buffer.from(blob, 'base64url').toString('base64'))
  assert.equal(restored.status, 200)
  assert.deepEqual(Object.keys(restored.json), ['id', 'attributes'])
  assert.equal((await door.call('GET', '/secrets/a')).json['value'], 'two')
  assert.equal((await door.call('GET', `/secrets/a/${version}`)).json['value'], 'one')
})

test('restore is a word for POST alone: a secret may have that name', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'restore', { value: 'r' })
  assert.equal((await door.call('GET', '/secrets/restore')).json['value'], 'r')
  assert.equal((await door.call('POST', '/secrets/restore/backup')).status, 200)
})

test('whoever may nothing is refused everything, before the object is looked at', async () => {
  const door = await doorUnderTest()
  for (const { method, path } of SECRET_ROUTES) {
    const target = path.replace(':name', 'nothing').replace(':version?', '')
    const sent = { token: 'stranger', body: { value: 'AAAA' } }
    assert.equal((await door.call(method, target, sent)).status, 403, `${method} ${path}`)
  }
})
