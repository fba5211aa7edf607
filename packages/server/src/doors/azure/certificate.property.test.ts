import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { certificateFiles as files } from '@claviger/vault/testing'
import { createCertificate, EC_POLICY } from './certificate-under-test.ts'
import { doorUnderTest } from './door-under-test.ts'

// Bodies that are nearly right, so that they come past the first checks and reach X.509.

const odd = fc.constantFrom<unknown>(null, undefined, '', 'A', '%', 5, -1, [], {}, '\ud800', true, '__proto__')
const leaf = fc.oneof({ weight: 2, arbitrary: odd }, fc.string({ maxLength: 20 }))
const texts = fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, odd, fc.array(fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('a.example', '::1', '1.2.3')), { maxLength: 3 }))

const someOf = <Members>(members: { [Name in keyof Members]: fc.Arbitrary<Members[Name]> }): fc.Arbitrary<object> =>
  fc.record(members, { requiredKeys: [] })

/** A whole body is right only when all of its members are. */
const mostly = (right: readonly unknown[], wrong: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...right) }, wrong)

const subject = fc.oneof(
  fc.constantFrom('CN=a', 'CN=a, O=b', 'cn="a,b"+O=c', 'C=DE', 'CN=ü', ''),
  fc.array(fc.constantFrom('CN', '=', ',', '+', '\\', '"', ' ', 'ü', '#', '\0', 'O', '\\ff'), { maxLength: 8 }).map((parts) => parts.join('')),
)

const policy = fc.record(
  {
    key_props: someOf({
      kty: mostly(['EC'], fc.constantFrom<unknown>('EC-HSM', 'oct', 'X', 7)),
      crv: mostly(['P-256', 'P-384', 'P-521', 'P-256K', null], fc.constant('P-1')),
      key_size: mostly([null, undefined], fc.constantFrom<unknown>(256, 384, 0, 'x')),
      exportable: mostly([true, false, null], fc.constant('x')),
      reuse_key: fc.constantFrom<unknown>(true, false, null),
    }),
    secret_props: someOf({ contentType: mostly(['application/x-pem-file', 'application/x-pkcs12', null], fc.constant('x')) }),
    x509_props: fc.record(
      {
        subject: fc.oneof({ weight: 8, arbitrary: subject }, odd),
        sans: someOf({ dns_names: texts, emails: texts, upns: texts, uris: texts, ipAddresses: texts }),
        ekus: mostly([null, ['1.3.6.1'], ['2.999999999.1']], fc.oneof(odd, fc.constantFrom(['0.99'], ['x']))),
        key_usage: mostly([null, ['cRLSign'], ['decipherOnly']], fc.oneof(odd, fc.constant(['x']))),
        validity_months: mostly([1, 12, 1200, null], fc.constantFrom<unknown>(1201, 0, -1, 1.5, 'x')),
      },
      { requiredKeys: ['subject'] },
    ),
    lifetime_actions: fc.oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      odd,
      fc.array(
        fc.record({
          trigger: someOf({ lifetime_percentage: fc.constantFrom<unknown>(1, 99, 100, null), days_before_expiry: fc.constantFrom<unknown>(1, 9, 99_999, null) }),
          action: fc.record({ action_type: fc.constantFrom<unknown>('AutoRenew', 'EmailContacts', 'x', 1) }),
        }),
        { maxLength: 2 },
      ),
    ),
    issuer: fc.oneof({ weight: 4, arbitrary: fc.constantFrom({ name: 'Self' }, { name: 'Unknown' }) }, odd, someOf({ name: leaf, cty: leaf })),
  },
  { requiredKeys: ['key_props', 'x509_props', 'issuer'] },
)

const creation = fc.record({
  method: fc.constant('POST'),
  path: fc.constantFrom('/certificates/new/create', '/certificates/ec/create'),
  body: fc.record({ policy, tags: mostly([{}, null], odd), attributes: mostly([{}, null], odd) }, { requiredKeys: ['policy'] }),
})

const change = fc.record({
  method: fc.constant('PATCH'),
  path: fc.constantFrom('/certificates/ec/policy', '/certificates/ec/pending', '/certificates/ec/'),
  body: fc.oneof(policy, fc.record({ policy }), someOf({ cancellation_requested: odd, attributes: odd, tags: odd })),
})

const pfx = files.AES_EC
const pem = files.EC_KEY_PEM + files.EC_PEM
const arrival = fc.record({
  method: fc.constant('POST'),
  path: fc.constant('/certificates/imported/import'),
  body: fc.record(
    {
      value: fc.oneof(
        leaf,
        fc.tuple(fc.nat(pfx.length), fc.string({ maxLength: 4 })).map(([at, text]) => pfx.slice(0, at) + text + pfx.slice(at + 4)),
        fc.tuple(fc.nat(pem.length), fc.string({ maxLength: 4 })).map(([at, text]) => pem.slice(0, at) + text + pem.slice(at + 4)),
        fc.constantFrom(pfx, pem),
      ),
      pwd: fc.oneof(leaf, fc.constant('pässword')),
      policy,
    },
    { requiredKeys: ['value'] },
  ),
})

const merge = fc.record({
  method: fc.constant('POST'),
  path: fc.constantFrom('/certificates/waiting/pending/merge', '/certificates/ec/pending/merge', '/certificates/x/pending/merge'),
  body: fc.record({ x5c: fc.oneof(odd, fc.array(fc.oneof(leaf, fc.constant(pfx)), { maxLength: 3 })) }),
})

const authority = fc.record({
  method: fc.constant('PUT'),
  path: fc.constantFrom('/certificates/contacts', '/certificates/issuers/x'),
  body: someOf({
    contacts: fc.oneof(odd, fc.array(someOf({ email: leaf, name: leaf }), { maxLength: 2 })),
    provider: leaf,
    credentials: someOf({ account_id: leaf, pwd: leaf }),
    org_details: someOf({ id: leaf, admin_details: fc.oneof(odd, fc.array(someOf({ email: leaf }), { maxLength: 2 })) }),
  }),
})

test('whatever a client sends of certificates, the answer is never a failure of the server', async () => {
  const door = await doorUnderTest()
  await createCertificate(door, 'ec')
  await createCertificate(door, 'waiting', { policy: { ...EC_POLICY, issuer: { name: 'Unknown' } } })
  const reached = new Set<string>()
  const input = fc.oneof(creation, change, arrival, merge, authority)
  const property = fc.asyncProperty(input, async (sent) => {
    const { method, path, body } = sent
    const { status, json } = await door.call(method, path, { body })
    reached.add(`${method} ${status}`)
    assert.ok(status < 500, JSON.stringify({ sent, json }))
    if (status === 202 && json['status'] === 'inProgress') {
      await door.call('DELETE', path.replace('/create', '/pending'))
    }
  })
  await fc.assert(property, { numRuns: 1500 })
  const wanted = ['POST 200', 'POST 202', 'POST 400', 'POST 404', 'PUT 200', 'PUT 400', 'PATCH 200', 'PATCH 400']
  assert.deepEqual(wanted.filter((one) => !reached.has(one)), [], [...reached].join())
  assert.deepEqual(door.logged, [])
})
