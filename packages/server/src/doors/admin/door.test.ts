import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Fault } from '@claviger/vault'
import { adminActions } from './actions.ts'
import { adminDoorUnderTest, blankRequest } from './door-under-test.ts'
import { plainFaults } from '../../plain-faults.ts'
import { renderFault } from './faults.ts'

function errorOf(body: unknown): { readonly code: string; readonly message: string } {
  assert.ok(typeof body === 'object' && body !== null && 'error' in body)
  const { error } = body
  assert.ok(typeof error === 'object' && error !== null && 'code' in error && 'message' in error)
  return { code: String(error.code), message: String(error.message) }
}

function member(value: unknown, name: string): unknown {
  assert.ok(typeof value === 'object' && value !== null && name in value, `a member ${name}`)
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

describe('the admin door', () => {
  test('an operation of the registry is done, decided and audited as the operator', async () => {
    const { ask, memory } = await adminDoorUnderTest()
    const { status, body } = await ask('/vaults/create', { name: 'second', retentionDays: 7 })
    assert.equal(status, 200)
    assert.equal(member(body, 'retentionDays'), 7)
    const entry = (await memory.audit()).at(-1)
    assert.ok(entry)
    assert.equal(entry.operationName, 'VaultPut')
    assert.equal(entry.callerIpAddress, 'local')
    assert.equal(entry.correlationId, blankRequest.requestId)
    assert.equal(entry.properties.clientInfo, 'claviger admin')
    assert.equal(entry.properties.httpStatusCode, 200)
    assert.ok(Object.values(entry.identity.claim).includes(memory.administrator.caller.principal))
  })

  test('an operator without the role is denied in words, and that is audited', async () => {
    const { memory } = await adminDoorUnderTest()
    const { ask } = await adminDoorUnderTest({
      vault: memory.vault,
      operator: async () => memory.stranger.caller,
    })
    const { status, body } = await ask('/vaults/create', { name: 'second' })
    assert.equal(status, 403)
    assert.equal(errorOf(body).code, 'AccessDenied')
    assert.match(errorOf(body).message, /Microsoft\.KeyVault\/vaults\/write/)
    assert.equal((await memory.audit()).at(-1)?.properties.httpStatusCode, 403)
  })

  test('an operator who has lost every role makes the administrator Owner again', async () => {
    const { memory } = await adminDoorUnderTest()
    const { ask } = await adminDoorUnderTest({
      vault: memory.vault,
      operator: async () => memory.stranger.caller,
    })
    const { status, body } = await ask('/roleAssignments/restoreOwner')
    assert.equal(status, 200)
    assert.equal(member(body, 'principal'), memory.first.tenant.administrator)
    const entry = (await memory.audit()).at(-1)
    assert.equal(entry?.operationName, 'RoleAssignmentRestoreOwner')
    assert.deepEqual(Object.values(entry.identity.claim), ['system'])
    assert.equal(entry.properties.clientInfo, 'claviger admin')
    const absent = await ask('/roleAssignments/restoreOwner', { tenant: crypto.randomUUID() })
    assert.equal(absent.status, 404)
  })

  test('a secret leaves once, with its credential, and never again', async () => {
    const { ask, memory, logged } = await adminDoorUnderTest()
    const principal = memory.first.administrator.principal.id
    const made = await ask('/credentials/createSecret', { principal, displayName: 'ci' })
    assert.equal(made.status, 200)
    const secret = member(made.body, 'secret')
    assert.ok(typeof secret === 'string' && secret.length >= 40)
    const listed = await ask('/credentials/list', { principal })
    assert.ok(!JSON.stringify(listed.body).includes(secret))
    assert.ok(!JSON.stringify(await memory.audit()).includes(secret))
    assert.ok(!logged.join('').includes(secret))
  })

  test('audit entries leave with their text as it was hashed', async () => {
    const { ask, memory } = await adminDoorUnderTest()
    const { body } = await ask('/audit/list', { after: 0, limit: 1 })
    assert.ok(Array.isArray(body))
    const [kept] = await memory.store.entries(0, 1)
    const hash = Buffer.from(kept?.hash ?? []).toString('base64url')
    assert.deepEqual(body, [{ sequence: 1, hash, entry: kept?.entry }])
  })

  test('values of secrets, the TLS keys and maintenance have no way through here', async () => {
    const { ask } = await adminDoorUnderTest()
    for (const path of adminActions.keys()) assert.doesNotMatch(
      path,
      /^\/(secrets|tls|maint|server)/,
    )
    for (const path of [
      '/secrets/get',
      '/tls/get',
      '/maintenance/acceptStore',
      '/maintenance/forgetDue',
      '/server/initialise',
    ]) {
      const { status, body } = await ask(path)
      assert.deepEqual([status, errorOf(body).code], [404, 'NotFound'])
    }
  })

  test('an unknown path is refused, names of prototypes too', async () => {
    const { ask } = await adminDoorUnderTest()
    for (const path of ['/', '/vaults', '/vaults/', '//list', '/vaults/list/', '/vaults/nope',
      '/constructor/call', '/vaults/constructor', '/__proto__/toString', '/connect/renew', '/%z']) {
      assert.equal((await ask(path)).status, 404, path)
    }
  })

  test('other methods than POST are refused', async () => {
    const { send } = await adminDoorUnderTest()
    for (const method of ['GET', 'PUT', 'DELETE', 'HEAD']) {
      const answer = await send({ method })
      assert.deepEqual([answer.status, answer.headers['allow']], [405, 'POST'])
    }
  })

  test('a body that is no JSON is refused', async () => {
    const { send } = await adminDoorUnderTest()
    for (const body of ['', '{', 'x', '{}{}', '\u0000']) {
      const answer = await send({ body: Buffer.from(body) })
      assert.equal(answer.status, 400)
    }
    assert.equal((await send({ body: Buffer.from([0x22, 0xff, 0x22]) })).status, 400)
  })

  test('a body of another shape is refused with the wrong member, not with its value', async () => {
    const { ask, memory } = await adminDoorUnderTest()
    const before = (await memory.audit()).length
    const cases: readonly (readonly [string, unknown, RegExp])[] = [
      ['/vaults/list', [], /input .* JSON object/],
      ['/vaults/list', null, /input .* JSON object/],
      ['/vaults/create', {}, /name .* required/],
      ['/vaults/create', { name: 7 }, /name .* string/],
      ['/vaults/create', { name: 'x', nmae: 'canary' }, /no member "nmae".*name, location/],
      ['/vaults/create', { name: 'abc', retentionDays: 7.5 }, /retentionDays .* whole number/],
      ['/vaults/create', { name: 'abc', authorization: 'canary' }, /authorization .* rbac, access/],
      ['/vaults/get', { vault: 'a/b' }, /vault .* characters/],
      ['/vaults/get', { vault: '' }, /vault/],
      ['/principals/update', { principal: 'x', revokeTokens: false }, /revokeTokens .* true/],
      ['/principals/create', { kind: 'robot', displayName: 'x' }, /kind .* application/],
      ['/audit/list', { after: -1 }, /after/],
      ['/vaults/create', { name: 'x'.repeat(2000) }, /name/],
      [
        '/vaults/setAccessPolicy',
        { vault: 'default', policy: { principal: 'p', permissions: { constructor: ['canary'] } } },
        /policy\.permissions .* "constructor"/,
      ],
    ]
    for (const [path, input, message] of cases) {
      const { status, body } = await ask(path, input)
      assert.equal(status, 400, path)
      assert.equal(errorOf(body).code, 'InvalidInput')
      assert.match(errorOf(body).message, message)
      assert.match(errorOf(body).message, /\.$/)
      assert.ok(!errorOf(body).message.includes('canary'))
    }
    assert.equal((await memory.audit()).length, before)
  })

  test('whatever is sent to any row, the answer is never a failure of the server', async () => {
    const { ask } = await adminDoorUnderTest()
    const junk = ['', 'x', '..', 'a b', '\u0000', 'é', '-1', '/', 'x'.repeat(1024)]
    const inputs = ['vault', 'principal', 'group', 'id', 'name'].flatMap((name) =>
      junk.map((value) => ({ [name]: value })),
    )
    const whole = junk.flatMap((value) => [
      { principal: value, displayName: value },
      { principal: value, credential: value },
      { group: value, member: value },
      { principal: value, roleDefinition: value, scope: value },
      { vault: value, principal: value },
      { kind: 'group', displayName: value },
      { after: 0, limit: Number(value) },
    ])
    for (const path of adminActions.keys()) {
      for (const input of [...inputs, ...whole, {}]) {
        const { status, body } = await ask(path, input)
        assert.ok(status < 500, `${path} ${JSON.stringify(input)} ${JSON.stringify(body)}`)
      }
    }
  })

  test('a failure of the server tells nothing but that there is one, and is logged', async () => {
    const { ask, logged } = await adminDoorUnderTest({
      operator: async () => {
        throw new Error('canary')
      },
    })
    const { status, body } = await ask('/vaults/list')
    assert.equal(status, 500)
    assert.ok(!JSON.stringify(body).includes('canary'))
    assert.equal(logged.length, 1)
    assert.ok(!logged.join('').includes('canary'))
  })

  test('what is to be revoked is named in one way', async () => {
    const { ask } = await adminDoorUnderTest()
    for (const which of [
      {},
      { version: 'a' },
      { certificate: 'web', serial: '01' },
      { certificate: 'web', authority: 'a', serial: '01' },
      { authority: 'a' },
      { serial: '01' },
      { version: 'a', authority: 'a', serial: '01' },
    ]) {
      const { status, body } = await ask('/certificates/revoke', { vault: 'default', ...which })
      assert.equal(status, 400)
      assert.match(errorOf(body).message, /give either a certificate/)
    }
  })

  test('without a durable audit entry there is no answer', async () => {
    const { ask, memory } = await adminDoorUnderTest()
    memory.failCommits()
    const { status, body } = await ask('/vaults/list')
    assert.deepEqual([status, errorOf(body).code], [503, 'AuditUnavailable'])
  })

  test('the connect files are made anew where the server offers it', async () => {
    const { ask } = await adminDoorUnderTest({
      serverActions: { '/connect/renew': async () => ({ files: ['/data/connect.env'] }) },
    })
    assert.deepEqual((await ask('/connect/renew')).body, { files: ['/data/connect.env'] })
  })

  test('refusals of the listener have the shape of this door', async () => {
    const { door } = await adminDoorUnderTest()
    const statuses = (
      [
        { reason: 'BodyTooLarge', limitBytes: 5 },
        { reason: 'BodyIncomplete' },
        { reason: 'Overloaded' },
      ] as const
    ).map((refusal) => {
      const answer = door.refuse(blankRequest, refusal)
      assert.match(errorOf(JSON.parse(String(answer.body))).message, /\.$/)
      return answer.status
    })
    assert.deepEqual(statuses, [413, 400, 503])
  })
})

test('every fault has a status of an error', () => {
  for (const { status } of Object.values(plainFaults)) assert.ok(status >= 400 && status < 600)
  assert.equal(renderFault('thrown').isBug, true)
})

test('a damaged record is a 503 that names it, and no bug', () => {
  const fault = new Fault('RecordCorrupt', { record: 't/principal/x', reason: 'authentication failed' })
  const { status, message, isBug } = renderFault(fault)
  assert.deepEqual([status, isBug], [503, false])
  assert.match(message, /t\/principal\/x/)
})
