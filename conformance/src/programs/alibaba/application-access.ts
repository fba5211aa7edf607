import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { step } from '../step.ts'
import { type Answer, list, type Parameters, refused, text } from './generic-client.ts'
import { call, own } from './key-calls.ts'

// Application access points and what they are made of: network rules, policies, client keys.

const Description = 'made by a test'
const PERMISSIONS = [
  'RbacPermission/Template/CryptoServiceKeyUser',
  'RbacPermission/Template/CryptoServiceSecretUser',
]
const Password = 'Pass-word-0123'

async function createPolicy(Name: string, more: Parameters = {}): Promise<Answer> {
  return call('CreatePolicy', {
    Name,
    Permissions: JSON.stringify(PERMISSIONS),
    Resources: '["key/*","secret/*"]',
    KmsInstance: 'kst-default',
    ...more,
  })
}

async function createAccessPoint(Name: string): Promise<void> {
  await createPolicy(`${Name}-policy`)
  await call('CreateApplicationAccessPoint', { Name, Policies: JSON.stringify([`${Name}-policy`]) })
}

/** The names that a listing gives over all of its pages. */
async function names(action: string, wrapper: string, one: string): Promise<readonly unknown[]> {
  const found: unknown[] = []
  for (let PageNumber = 1; ; PageNumber += 1) {
    const page = await call(action, { PageNumber, PageSize: 2 })
    found.push(...list(page, wrapper, one).map((item) => item['Name']))
    if (PageNumber * 2 >= Number(page['TotalCount'])) return found
  }
}

await step('network rules are made, changed, listed and deleted', async () => {
  const Name = `rule-${own}`
  const SourcePrivateIp = '["10.0.0.0/8","192.168.1.7"]'
  const made = await call('CreateNetworkRule', {
    Name,
    Type: 'Private',
    SourcePrivateIp,
    Description,
  })
  assert.match(text(made, 'Arn'), new RegExp(`^acs:kms:[^:]+:\\d{16}:network/${Name}$`))
  const describe = (): Promise<Answer> => call('DescribeNetworkRule', { Name })
  const described = await describe()
  assert.deepEqual(JSON.parse(text(described, 'SourcePrivateIp')), JSON.parse(SourcePrivateIp))
  assert.equal(described['Type'], 'Private')
  assert.equal(described['Description'], Description)
  await call('UpdateNetworkRule', { Name, SourcePrivateIp: '["127.0.0.1"]' })
  assert.deepEqual(JSON.parse(text(await describe(), 'SourcePrivateIp')), ['127.0.0.1'])
  assert.ok((await names('ListNetworkRules', 'NetworkRules', 'NetworkRule')).includes(Name))
  const again = { Name, Type: 'Private', SourcePrivateIp }
  await refused(call('CreateNetworkRule', again), 'Rejected.ResourceExist', 409)
  const wrong = { ...again, Name: `${Name}-x`, SourcePrivateIp: '["10.0.0.0/99"]' }
  await refused(call('CreateNetworkRule', wrong), 'InvalidParameter', 400)
  await call('DeleteNetworkRule', { Name })
  await refused(describe(), 'Forbidden.ResourceNotFound', 404)
})

await step('policies are made, changed, listed and deleted', async () => {
  const Name = `policy-${own}`
  const rule = { Name: `for-${Name}`, Type: 'Private', SourcePrivateIp: '["127.0.0.1"]' }
  await call('CreateNetworkRule', rule)
  const AccessControlRules = JSON.stringify({ NetworkRules: [rule.Name] })
  const made = await createPolicy(Name, { AccessControlRules, Description })
  assert.match(text(made, 'Arn'), new RegExp(`:policy/${Name}$`))
  const described = await call('DescribePolicy', { Name })
  assert.deepEqual(described['Permissions'], PERMISSIONS)
  assert.deepEqual(described['Resources'], ['key/*', 'secret/*'])
  assert.equal(described['KmsInstance'], 'kst-default')
  assert.deepEqual(
    JSON.parse(text(described, 'AccessControlRules')),
    JSON.parse(AccessControlRules),
  )
  await call('UpdatePolicy', { Name, Resources: '["secret/mine"]' })
  assert.deepEqual((await call('DescribePolicy', { Name }))['Resources'], ['secret/mine'])
  assert.ok((await names('ListPolicies', 'Policies', 'Policy')).includes(Name))
  await refused(createPolicy(Name), 'Rejected.ResourceExist', 409)
  for (const wrong of [{ Permissions: '["Everything"]' }, { Resources: '["vault/*"]' }]) {
    await refused(createPolicy(`${Name}-wrong`, wrong), 'InvalidParameter', 400)
  }
  await call('DeletePolicy', { Name })
  await refused(call('DescribePolicy', { Name }), 'Forbidden.ResourceNotFound', 404)
})

await step('access points are made, changed, listed and deleted', async () => {
  const Name = `app-${own}`
  await createPolicy(`${Name}-policy`)
  await createPolicy(`${Name}-other`)
  const Policies = JSON.stringify([`${Name}-policy`])
  const made = await call('CreateApplicationAccessPoint', { Name, Policies, Description })
  assert.match(text(made, 'Arn'), new RegExp(`:applicationaccesspoint/${Name}$`))
  assert.equal(made['AuthenticationMethod'], 'ClientKey')
  await call('UpdateApplicationAccessPoint', {
    Name,
    Policies: JSON.stringify([`${Name}-policy`, `${Name}-other`]),
  })
  const described = await call('DescribeApplicationAccessPoint', { Name })
  assert.deepEqual(JSON.parse(text(described, 'Policies')), [`${Name}-policy`, `${Name}-other`])
  const wrapper = ['ApplicationAccessPoints', 'ApplicationAccessPoint'] as const
  assert.ok((await names('ListApplicationAccessPoints', ...wrapper)).includes(Name))
  const again = call('CreateApplicationAccessPoint', { Name, Policies })
  await refused(again, 'Rejected.ResourceExist', 409)
  await refused(
    call('DeletePolicy', { Name: `${Name}-policy` }),
    'Rejected.UnsupportedOperation',
    400,
  )
  await call('DeleteApplicationAccessPoint', { Name })
  const gone = call('DescribeApplicationAccessPoint', { Name })
  await refused(gone, 'Forbidden.ResourceNotFound', 404)
})

await step(
  'a client key is a PKCS #12 file that opens with its password and no other',
  async () => {
    const AapName = `keys-${own}`
    await createAccessPoint(AapName)
    const { ClientKeyId, ...made } = await call('CreateClientKey', { AapName, Password })
    assert.match(String(ClientKeyId), /^KAAP\.[0-9a-f-]{36}$/)
    assert.equal(made['KeyAlgorithm'], 'RSA_2048')
    const pfx = Buffer.from(text(made, 'PrivateKeyData'), 'base64')
    createSecureContext({ pfx, passphrase: Password })
    assert.throws(() => createSecureContext({ pfx, passphrase: `${Password}x` }))
    const got = await call('GetClientKey', { ClientKeyId })
    assert.equal(got['AapName'], AapName)
    assert.equal(got['KeyOrigin'], 'KMS_PROVIDED')
    const certificate = new X509Certificate(text(got, 'PublicKeyData'))
    assert.ok(certificate.verify(certificate.publicKey))
    assert.match(certificate.subject, new RegExp(`CN=${AapName}`))
    const years =
      (Date.parse(text(got, 'NotAfter')) - Date.parse(text(got, 'NotBefore'))) / 31_556_952_000
    assert.equal(Math.round(years), 5)
    const listed = (await call('ListClientKeys', { AapName }))['ClientKeys']
    assert.ok(Array.isArray(listed))
    assert.deepEqual(
      listed.map((one: Answer) => one['ClientKeyId']),
      [ClientKeyId],
    )
    await call('DeleteClientKey', { ClientKeyId })
    await refused(call('GetClientKey', { ClientKeyId }), 'Forbidden.ResourceNotFound', 404)
  },
)

await step('client keys need a password that is one, and a time that is one', async () => {
  const AapName = `wrong-keys-${own}`
  await createAccessPoint(AapName)
  const wrong = [
    { Password: 'short1!' },
    { Password: 'onlyletters' },
    { Password: 'x1'.repeat(33) },
    { NotBefore: '2031-01-01T00:00:00Z', NotAfter: '2030-01-01T00:00:00Z' },
    { NotAfter: 'soon' },
  ]
  for (const one of wrong) {
    await refused(call('CreateClientKey', { AapName, Password, ...one }), 'InvalidParameter', 400)
  }
  const nobody = call('CreateClientKey', { AapName: 'nobody', Password })
  await refused(nobody, 'Forbidden.ResourceNotFound', 404)
})

console.log('done')
