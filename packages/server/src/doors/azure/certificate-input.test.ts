import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { assertRefused } from './assert-refused.ts'
import { createCertificate, EC_POLICY, memberOf } from './certificate-under-test.ts'
import { doorUnderTest } from './door-under-test.ts'

const x509 = (members: object): object => ({
  ...EC_POLICY,
  x509_props: { subject: 'CN=example.com', ...members },
})
const key = (members: object): object => ({ ...EC_POLICY, key_props: members })
const action = (trigger: object, action_type: unknown = 'AutoRenew'): object => ({
  ...EC_POLICY,
  lifetime_actions: [{ trigger, action: { action_type } }],
})
const authority = (members: object): object => ({ basic_constraints: { ca: true, ...members } })
const nameOf = (property: string): string => `policy.x509_props.${property}`

const refused: readonly (readonly [object, string])[] = [
  [x509({ subject: 'example.com' }), nameOf('subject')],
  [x509({ subject: 'CN=' }), nameOf('subject')],
  [x509({ subject: 'CN=a, XX=b' }), nameOf('subject')],
  [x509({ subject: 'CN=a,' }), nameOf('subject')],
  [x509({ subject: 'CN=a\\' }), nameOf('subject')],
  [x509({ subject: 'C=USA' }), nameOf('subject')],
  [x509({ subject: `CN=${'a'.repeat(200)}` }), nameOf('subject')],
  [x509({ subject: '' }), nameOf('subject')],
  [x509({ subject: 7 }), nameOf('subject')],
  [x509({ sans: { dns_names: ['a b'] } }), nameOf('sans.dns_names')],
  [x509({ sans: { dns_names: ['-a.example'] } }), nameOf('sans.dns_names')],
  [x509({ sans: { dns_names: ['a..example'] } }), nameOf('sans.dns_names')],
  [x509({ sans: { dns_names: ['bücher.example'] } }), nameOf('sans.dns_names')],
  [x509({ sans: { dns_names: 'a.example' } }), nameOf('sans.dns_names')],
  [x509({ sans: { emails: ['nobody'] } }), nameOf('sans.emails')],
  [x509({ sans: { upns: [''] } }), nameOf('sans.upns')],
  [x509({ sans: { uris: ['no uri'] } }), nameOf('sans.uris')],
  [x509({ sans: { ipAddresses: ['1.2.3'] } }), nameOf('sans.ipAddresses')],
  [x509({ sans: { ipAddresses: ['256.1.1.1'] } }), nameOf('sans.ipAddresses')],
  [x509({ sans: { ipAddresses: ['1::2::3'] } }), nameOf('sans.ipAddresses')],
  [x509({ ekus: ['serverAuth'] }), nameOf('ekus')],
  [x509({ key_usage: ['everything'] }), nameOf('key_usage')],
  [x509({ validity_months: 0 }), nameOf('validity_months')],
  [x509({ validity_months: 100_000 }), nameOf('validity_months')],
  [x509({ validity_months: 1.5 }), nameOf('validity_months')],
  [x509({ basic_constraints: { ca: 'yes' } }), nameOf('basic_constraints.ca')],
  [x509(authority({ path_len_constraint: -1 })), nameOf('basic_constraints.path_len_constraint')],
  [x509(authority({ path_len_constraint: 0.5 })), nameOf('basic_constraints.path_len_constraint')],
  [x509({ ...authority({}), key_usage: ['digitalSignature'] }), nameOf('key_usage')],
  [x509({ ...authority({}), subject: '', sans: { dns_names: ['a.example'] } }), nameOf('subject')],
  [key({ kty: 'oct' }), 'policy.key_props.kty'],
  [key({ kty: 'DSA' }), 'policy.key_props.kty'],
  [key({ kty: 'RSA', key_size: 1024 }), 'key_size'],
  [key({ kty: 'EC', crv: 'P-224' }), 'crv'],
  [key({ kty: 'RSA-HSM', exportable: true }), 'policy.key_props.exportable'],
  [action({}), 'policy.lifetime_actions.trigger'],
  [action({ lifetime_percentage: 80, days_before_expiry: 3 }), 'policy.lifetime_actions.trigger'],
  [action({ lifetime_percentage: 100 }), 'policy.lifetime_actions.trigger.lifetime_percentage'],
  [action({ days_before_expiry: 325 }), 'policy.lifetime_actions.trigger.days_before_expiry'],
  [action({ days_before_expiry: 3 }, 'Other'), 'policy.lifetime_actions[0].action.action_type'],
  [{ ...EC_POLICY, issuer: { name: 'a b' } }, 'policy.issuer.name'],
  [{ ...EC_POLICY, issuer: { name: 'absent' } }, 'policy.issuer.name'],
]

for (const [policy, property] of refused) {
  test(`a policy is refused for ${property} in ${JSON.stringify(policy).slice(0, 140)}`, async () => {
    const door = await doorUnderTest()
    assertRefused(await door.call('POST', '/certificates/web/create', { body: { policy } }), {
      status: 400,
      code: 'BadParameter',
      message: new RegExp(`^Property ${property.replace(/[.[\]]/g, '\\$&')} has invalid value\r\n.+\\.$`),
    })
    assert.equal((await door.call('GET', '/certificates/web')).status, 404)
  })
}

test('a new certificate needs a policy', async () => {
  const door = await doorUnderTest()
  assertRefused(await door.call('POST', '/certificates/web/create', { body: {} }), {
    status: 400,
    code: 'BadParameter',
    message: /^Property policy has invalid value/,
  })
})

test('a policy is taken with every member that it can have', async () => {
  const door = await doorUnderTest()
  const policy = {
    id: 'ignored',
    key_props: { exportable: true, kty: 'EC', key_size: 256, reuse_key: true, crv: 'P-256K' },
    secret_props: { contentType: 'application/x-pem-file' },
    x509_props: {
      subject: 'CN="Example, Ltd", O=Example\\, Ltd+OU=x, C=DE, E=a@example.com, 2.5.4.97=VAT',
      sans: {
        emails: ['a@example.com'],
        dns_names: ['example.com', '*.example.com'],
        upns: ['jürgen@example.com'],
        uris: ['https://example.com/a'],
        ipAddresses: ['192.0.2.1', '2001:db8::1'],
      },
      ekus: ['1.3.6.1.5.5.7.3.1'],
      key_usage: ['digitalSignature', 'keyCertSign', 'cRLSign'],
      validity_months: 3,
    },
    lifetime_actions: [
      { trigger: { days_before_expiry: 20 }, action: { action_type: 'autorenew' } },
      { trigger: { lifetime_percentage: 50 }, action: { action_type: 'EmailContacts' } },
    ],
    issuer: { name: 'self', cty: 'OV-SSL', cert_transparency: false },
    attributes: { enabled: true },
  }
  await createCertificate(door, 'web', { policy })
  const stored = await door.call('GET', '/certificates/web/policy')
  const { id: _, lifetime_actions: __, attributes: ___, ...given } = policy
  assert.deepEqual(
    { ...stored.json, id: undefined, attributes: undefined, lifetime_actions: undefined },
    {
      ...given,
      x509_props: { ...policy.x509_props, basic_constraints: { ca: false } },
      issuer: { ...policy.issuer, name: 'Self' },
      id: undefined,
      attributes: undefined,
      lifetime_actions: undefined,
    },
  )
  const [renew] = stored.json['lifetime_actions'] as readonly object[]
  assert.deepEqual(renew, { trigger: { days_before_expiry: 20 }, action: { action_type: 'AutoRenew' } })
  const again = await door.call('PATCH', '/certificates/web/policy', { body: stored.json })
  assert.deepEqual(again.json, stored.json)
  assert.equal(memberOf(await door.call('GET', '/keys/web'), 'key')['crv'], 'P-256K')
})

test('a policy of an authority is taken, kept by what says nothing of it, and taken back', async () => {
  const door = await doorUnderTest()
  const wanted = x509(authority({ path_len_constraint: 0 }))
  await createCertificate(door, 'ca', { policy: wanted })
  const constraintsOf = async (): Promise<unknown> => {
    const { json } = await door.call('GET', '/certificates/ca/policy')
    return (json['x509_props'] as Record<string, unknown>)['basic_constraints']
  }
  assert.deepEqual(await constraintsOf(), { ca: true, path_len_constraint: 0 })
  const stored = await door.call('GET', '/certificates/ca/policy')
  const { ekus, key_usage } = stored.json['x509_props'] as Record<string, unknown>
  assert.deepEqual([ekus, key_usage], [[], ['keyCertSign', 'cRLSign']])
  const der = Buffer.from(String((await door.call('GET', '/certificates/ca')).json['cer']), 'base64')
  assert.equal(new X509Certificate(der).ca, true)
  const patch = { x509_props: { validity_months: 24 } }
  await door.call('PATCH', '/certificates/ca/policy', { body: patch })
  assert.deepEqual(await constraintsOf(), { ca: true, path_len_constraint: 0 })
  const none = { x509_props: { basic_constraints: { ca: false } } }
  await door.call('PATCH', '/certificates/ca/policy', { body: none })
  assert.deepEqual(await constraintsOf(), { ca: false })
})
