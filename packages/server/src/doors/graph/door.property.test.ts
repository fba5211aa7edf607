import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Vault } from '@claviger/vault'
import fc from 'fast-check'
import { graphDoorUnderTest, requestOf } from './door-under-test.ts'
import { GraphRouter } from './graph-router.ts'
import { GRAPH_ROUTES } from './routes.ts'

// Most requests are nearly right, so that they come past the first checks and reach operations.

const anyText = fc.string({ unit: 'binary', maxLength: 40 })

function pathOf(ids: readonly string[]) {
  const key = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...ids) },
    fc.constantFrom(
      "(appId='x')",
      "('a')",
      'ada@localhost',
      '$ref',
      '%zz',
      '%2F',
      '__proto__',
      '',
      '..',
      '%C4%B0',
    ),
    anyText.map(encodeURIComponent),
  )
  const known = fc
    .tuple(fc.constantFrom(...GRAPH_ROUTES), fc.array(key, { minLength: 2, maxLength: 2 }))
    .map(([{ method, path }, keys]) => ({
      method,
      path: `/v1.0${path.replace(/:\w+/, keys[0] ?? '').replace(/:\w+/, keys[1] ?? '')}`,
    }))
  const any = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'BREW'),
    path: anyText,
  })
  return fc.oneof({ weight: 12, arbitrary: known }, any)
}

const parameter = fc.tuple(
  fc.constantFrom('$filter', '$top', '$select', '$count', '$skiptoken', '$orderby', '%zz'),
  fc
    .oneof(
      fc.constantFrom(
        "displayName eq 'a'",
        "appId eq 'x'",
        "id eq '..'",
        '5',
        '0',
        '1e3',
        'true',
        'id',
        'eyJOZXh0TWFya2VyIjoiLi4vLi4ifQ',
        'bnVsbA',
      ),
      anyText,
    )
    .map(encodeURIComponent),
)
const query = fc
  .array(parameter, { maxLength: 2 })
  .map((all) => all.map((one) => one.join('=')).join('&'))

function bodyOf(ids: readonly string[]) {
  const member = fc.constantFrom(
    'displayName',
    'userPrincipalName',
    'appId',
    'identifierUris',
    'keyCredentials',
    'passwordProfile',
    'passwordCredential',
    'keyId',
    'ids',
    'types',
    'groupIds',
    '@odata.id',
    'web',
    'tags',
    'name',
    'issuer',
    'subject',
    'audiences',
    'accountEnabled',
    'endDateTime',
    'startDateTime',
    'password',
    'key',
    '__proto__',
  )
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(
      ...ids,
      'a',
      'ada@localhost',
      'api://a',
      'https://a.example',
      '\ud800',
      '2027-01-01T00:00:00Z',
      '9999-99-99T99:99:99Z',
      'AAAA',
      1e300,
      -1,
      true,
      null,
      [],
      {},
    ),
    anyText,
    fc.jsonValue({ maxDepth: 2 }),
  )
  const members = fc.dictionary(
    member,
    fc.oneof(
      leaf,
      fc.dictionary(member, leaf),
      fc.array(fc.oneof(leaf, fc.dictionary(member, leaf)), { maxLength: 3 }),
    ),
    { maxKeys: 6 },
  )
  const right = fc.constantFrom(
    { displayName: 'a' },
    { displayName: 'a', userPrincipalName: 'a@localhost' },
    { name: 'abc', issuer: 'https://a.example', subject: 'a' },
  )
  return fc.oneof({ weight: 8, arbitrary: members }, { weight: 4, arbitrary: right }, leaf)
}

/** Notes which operations are asked. */
function watching(vault: Vault, note: (operation: string) => void): Vault {
  return new Proxy(vault, {
    get(nouns, noun) {
      const verbs: unknown = Reflect.get(nouns, noun)
      if (typeof verbs !== 'object' || verbs === null) return verbs
      return new Proxy(verbs, {
        get(all, verb) {
          note(`${String(noun)}/${String(verb)}`)
          return Reflect.get(all, verb)
        },
      })
    },
  })
}

test('whatever a client sends, the answer is never a failure of the server', async () => {
  const asked = new Set<string>()
  const { door, logged, memory } = await graphDoorUnderTest({}, (vault) =>
    watching(vault, (operation) => asked.add(operation)),
  )
  const router = new GraphRouter(GRAPH_ROUTES)
  const { vault, administrator, first } = memory
  const application = await vault.applications.create(administrator, {
    displayName: 'a',
    identifierUris: ['api://a'],
  })
  const user = await vault.principals.create(administrator, {
    kind: 'user',
    displayName: 'Ada',
    userPrincipalName: 'ada@localhost',
  })
  const group = await vault.principals.create(administrator, { kind: 'group', displayName: 'a' })
  const ids = [
    application.id,
    application.appId,
    user.id,
    group.id,
    first.identity.principal.id,
    first.administrator.principal.id,
  ]
  const sent = fc.record({
    at: pathOf(ids),
    query,
    body: fc.option(bodyOf(ids), { nil: undefined }),
  })
  const reached = new Set<number>()
  const property = fc.asyncProperty(sent, async ({ at, query, body }) => {
    const target = `${at.path}${query === '' ? '' : `?${query}`}`
    const {
      status,
      headers,
      body: text,
    } = await door.answer(requestOf(at.method, target, body === undefined ? {} : { body }))
    reached.add(status)
    const declared: readonly string[] =
      asked.size === 0 ? [] : router.find(at.method, at.path).route.operations
    assert.deepEqual(
      [...asked].filter((operation) => !declared.includes(operation)),
      [],
      target,
    )
    asked.clear()
    assert.ok(status < 500, `${at.method} ${target} ${String(text)}`)
    assert.ok(Object.values(headers).every((value) => /^[\x20-\x7e]*$/.test(value)))
    if (status === 204) return
    const read: unknown = JSON.parse(String(text))
    assert.ok(typeof read === 'object' && read !== null)
    assert.equal(status >= 400, 'error' in read)
  })
  await fc.assert(property, { numRuns: 3000 })
  assert.ok(
    [200, 201, 204, 400, 404].every((status) => reached.has(status)),
    [...reached].join(),
  )
  assert.deepEqual(logged, [])
})
