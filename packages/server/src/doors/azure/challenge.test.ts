import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FaultDetail } from '@claviger/vault'
import { assertRefused } from './assert-refused.ts'
import { doorUnderTest, requestOf, TOKEN_FAILURES, VERSION, type DoorUnderTest } from './door-under-test.ts'

function challengeOf({ memory }: DoorUnderTest, port = ':8443'): string {
  return (
    `Bearer authorization="https://login.localhost${port}/${memory.first.tenant.id}", ` +
    `resource="https://vault.localhost${port}"`
  )
}

test('no token: the challenge, on every route and whatever else is wrong', async () => {
  const door = await doorUnderTest()
  const targets = [
    '/secrets/a?api-version=7.3',
    '/secrets/a?api-version=wrong',
    '/secrets',
    '/no/such/route',
    '/secrets/%zz',
    '//',
  ]
  for (const target of targets) {
    const answer = await door.send('PUT', target, { token: null, body: 'no json' })
    assert.equal(answer.headers['WWW-Authenticate'], challengeOf(door), target)
    assertRefused(answer, {
      status: 401,
      code: 'Unauthorized',
      message: 'AKV10000: Request is missing a Bearer or PoP token.',
    })
  }
  assert.equal(door.anonymous(), targets.length)
})

test('whoever has no good token is not admitted, so the body stays unread', async () => {
  const { door, anonymous } = await doorUnderTest()
  const target = `/secrets/restore?api-version=${VERSION}`
  for (const token of [null, 'refused:Expired']) {
    const answer = await door.admit?.(requestOf('POST', target, { token }))
    assert.equal(answer?.status, 401)
    assert.match(answer.headers['WWW-Authenticate'] ?? '', /^Bearer authorization=/)
  }
  assert.equal(anonymous(), 1)
  const unknown = requestOf('POST', target, { host: 'nobody.vault.localhost' })
  assert.equal((await door.admit?.(unknown))?.status, 404)
  for (const token of ['administrator', 'stranger']) {
    assert.equal(await door.admit?.(requestOf('POST', target, { token })), undefined)
  }
})

test('a request without a token leaves no audit entry', async () => {
  const { send, memory } = await doorUnderTest()
  const before = (await memory.audit()).length
  await send('GET', `/secrets/a?api-version=${VERSION}`, { token: null })
  assert.equal((await memory.audit()).length, before)
})

test('the challenge carries the port of the request, and none where it named none', async () => {
  const door = await doorUnderTest()
  for (const [port, shown] of [[9443, ':9443'], [undefined, '']] as const) {
    const { headers } = await door.send('GET', '/secrets', { token: null, port })
    assert.equal(headers['WWW-Authenticate'], challengeOf(door, shown))
  }
  const { headers } = await door.send('GET', '/secrets', { token: null, port: 443 })
  assert.match(headers['WWW-Authenticate'] ?? '', / resource="https:\/\/vault\.localhost"$/)
})

test('another scheme, an empty one and a bare word count as no token', async () => {
  const { send, anonymous } = await doorUnderTest()
  const schemes = ['Basic YTpi', 'PoP abc', 'Bearer', 'Bearer   ', '', 'administrator']
  for (const authorization of schemes) {
    const { status } = await send('GET', '/secrets', { token: null, headers: { authorization } })
    assert.equal(status, 401, authorization)
  }
  assert.equal(anonymous(), schemes.length)
})

test('the scheme is read in any case', async () => {
  const { call } = await doorUnderTest()
  const headers = { authorization: 'bearer  administrator' }
  assert.equal((await call('GET', '/secrets', { token: null, headers })).status, 200)
})

test('each refused token has its text, and the challenge again', async () => {
  const door = await doorUnderTest()
  const unreadable = /^\[AggregatedAuthenticationFailure\] Error validating token: 'S2S17001'\./
  const issuer =
    'AKV10032: Invalid issuer. Expected one of https://expected.example/, ' +
    'found https://found.example/.'
  const messages: Record<FaultDetail['TokenInvalid']['reason'], RegExp | string> = {
    Malformed: unreadable,
    AlgorithmNotAllowed: unreadable,
    SignatureWrong: unreadable,
    KeyUnknown:
      'AKV10046: Unable to resolve the key used for signature validation. ' +
      "EncodedJwtHeader: 'https://found.example/'.",
    IssuerWrong: issuer,
    TenantWrong: issuer,
    AudienceWrong:
      'AKV10022: Invalid audience. Expected https://expected.example/, ' +
      'found: https://found.example/.',
    Expired: /^\[TokenExpired\] Error validating token: 'S2S12086'\. Request a new access token\.$/,
    NotYetValid: /^Token not yet valid\. Compare the clock/,
    Revoked: /Request a new access token\.$/,
    PrincipalUnknown: /Request a token for another principal\.$/,
  }
  for (const reason of TOKEN_FAILURES) {
    const answer = await door.call('GET', '/secrets', { token: `refused:${reason}` })
    assertRefused(answer, { status: 401, code: 'Unauthorized', message: messages[reason] })
    assert.equal(answer.headers['WWW-Authenticate'], challengeOf(door), reason)
  }
  assert.equal(door.anonymous(), 0)
})

test('an unknown vault is not found, before the token is looked at', async () => {
  const { call } = await doorUnderTest()
  const hosts = [
    'other.vault.localhost',
    'a.b.vault.localhost',
    '.vault.localhost',
    'a_b.vault.localhost',
    '__proto__.vault.localhost',
    'vault.localhost',
    'example.org',
    '',
  ]
  for (const host of hosts) {
    for (const token of [null, 'administrator']) {
      const message = /^Vault not found: .*\. Correct the vault name in the host of the URL\.$/
      const answer = await call('GET', '/secrets', { host, token })
      assertRefused(answer, { status: 404, code: 'VaultNotFound', message })
    }
  }
})

test('this machine and configured hosts reach the vault default, and ids name them', async () => {
  const { call } = await doorUnderTest()
  const origins = [
    ['localhost', 8443, 'https://localhost:8443'],
    ['127.0.0.1', 8443, 'https://127.0.0.1:8443'],
    ['::1', 8443, 'https://[::1]:8443'],
    ['keys.example', undefined, 'https://keys.example'],
    ['default.vault.localhost', 443, 'https://default.vault.localhost'],
  ] as const
  for (const [host, port, origin] of origins) {
    const { status, json } = await call('PUT', '/secrets/a', { host, port, body: { value: 'v' } })
    assert.equal(status, 200, host)
    assert.equal(String(json['id']).replace(/[0-9a-f]{32}$/, ''), `${origin}/secrets/a/`)
  }
})

test('a stranger is told which action was missing, in the words of the service', async () => {
  const { call, memory } = await doorUnderTest()
  const { principal, tenant } = memory.stranger.caller
  const answer = await call('GET', '/secrets/a', { token: 'stranger' })
  const resource = `${memory.first.vault.resourceId}/secrets/a`.toLowerCase()
  assertRefused(answer, {
    status: 403,
    code: 'Forbidden',
    inner: 'ForbiddenByRbac',
    message: [
      'Caller is not authorized to perform action on resource.',
      'If role assignments, deny assignments or role definitions were changed recently, ' +
        'please observe propagation time.',
      `Caller: oid=${principal};iss=https://sts.windows.net/${tenant}/`,
      "Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'",
      `Resource: '${resource}'`,
      'Assignment: (not found)',
      'DenyAssignmentId: null',
      'DecisionReason: null ',
      'Vault: default;location=test',
      '',
    ].join('\r\n'),
  })
})

test('where access policies decide, the missing permission is named', async () => {
  const { call, memory } = await doorUnderTest()
  const { vault, administrator, stranger } = memory
  const { principal, tenant } = stranger.caller
  await vault.vaults.update(administrator, { vault: 'default', authorization: 'accessPolicies' })
  const caller = `oid=${principal};iss=https://sts.windows.net/${tenant}/`
  assertRefused(await call('GET', '/secrets/a', { token: 'stranger' }), {
    status: 403,
    code: 'Forbidden',
    inner: 'AccessDenied',
    message:
      'Access denied. Caller was not found on any access policy.\r\n' +
      `Caller: ${caller}\r\nVault: default;location=test`,
  })
  const policy = { principal, permissions: { secrets: ['list'] } }
  await vault.vaults.setAccessPolicy(administrator, { vault: 'default', policy })
  assertRefused(await call('GET', '/secrets/a', { token: 'stranger' }), {
    status: 403,
    code: 'Forbidden',
    inner: 'ForbiddenByPolicy',
    message:
      `The user, group or application '${caller}' does not have secrets get permission ` +
      "on key vault 'default;location=test'. For help resolving this issue, " +
      'please see https://go.microsoft.com/fwlink/?linkid=2125287',
  })
})

test('a vault that does not let the address in says so, before any permission', async () => {
  const { call, memory } = await doorUnderTest()
  const { vault, administrator } = memory
  const acls = { bypass: 'AzureServices', ipRules: ['203.0.113.0/24'], virtualNetworkRules: [] } as const
  const networkAcls = { ...acls, defaultAction: 'Deny' } as const
  await vault.vaults.update(administrator, { vault: 'default', networkAcls })
  const { principal, tenant } = memory.stranger.caller
  const caller = `oid=${principal};iss=https://sts.windows.net/${tenant}/`
  assertRefused(await call('GET', '/secrets/a', { token: 'stranger' }), {
    status: 403,
    code: 'Forbidden',
    inner: 'ForbiddenByFirewall',
    message:
      'Client address is not authorized and caller is not a trusted service.\r\n' +
      `Client address: 192.0.2.7\r\nCaller: ${caller}\r\nVault: default;location=test`,
  })
  await vault.vaults.update(administrator, { vault: 'default', publicNetworkAccess: 'Disabled' })
  assertRefused(await call('GET', '/secrets/a', { token: 'stranger' }), {
    status: 403,
    code: 'Forbidden',
    inner: 'ForbiddenByConnection',
    message:
      'Public network access is disabled and request is not from a trusted service nor via an ' +
      `approved private link.\r\nCaller: ${caller}\r\nVault: default;location=test`,
  })
})
