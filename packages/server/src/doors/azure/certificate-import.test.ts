import assert from 'node:assert/strict'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { certificateFiles as files } from '@claviger/vault/testing'
import { assertRefused } from './assert-refused.ts'
import { createCertificate, EC_POLICY, memberOf } from './certificate-under-test.ts'
import { doorUnderTest, VERSION, type DoorUnderTest, type Received } from './door-under-test.ts'

const PASSWORD = 'pässword'
const PEM = { secret_props: { contentType: 'application/x-pem-file' } }

function importOf({ call }: DoorUnderTest, name: string, body: object): Promise<Received> {
  return call('POST', `/certificates/${name}/import`, { body })
}

/** The secret as PEM: its key, and the subjects of its certificates in their order. */
async function secretOf({ send }: DoorUnderTest, name: string): Promise<{ readonly text: string; readonly subjects: readonly string[] }> {
  const form = 'outContentType=application/x-pem-file'
  const { json } = await send('GET', `/secrets/${name}?api-version=${VERSION}&${form}`)
  const text = String(json['value'])
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return { text, subjects: blocks.map((one) => new X509Certificate(one).subject) }
}

const accepted = [
  ['AES-256', files.AES_EC, PASSWORD, 'ec'],
  ['an empty password', files.EMPTY_PASSWORD_EC, undefined, 'ec'],
  ['RC2 and 3DES', files.RC2_RSA, PASSWORD, 'rsa'],
  ['3DES', files.TRIPLE_DES_EC, PASSWORD, 'ec'],
] as const

for (const [what, value, pwd, type] of accepted) {
  test(`a PKCS #12 file with ${what} is imported with its chain`, async () => {
    const door = await doorUnderTest()
    const answer = await importOf(door, 'web', { value, pwd })
    assert.equal(answer.status, 200, answer.text)
    const leaf = new X509Certificate(Buffer.from(String(answer.json['cer']), 'base64'))
    assert.equal(leaf.subject, `CN=${type}.example.com`)
    const { text, subjects } = await secretOf(door, 'web')
    assert.deepEqual(subjects, [`CN=${type}.example.com`, 'CN=test authority'])
    assert.ok(leaf.checkPrivateKey(createPrivateKey(text)))
    const key = await door.call('GET', '/keys/web')
    assert.equal(key.json['managed'], true)
    assert.equal(memberOf(key, 'key')['kty'], type.toUpperCase())
  })
}

test('what is not said of the policy follows from the certificate', async () => {
  const door = await doorUnderTest()
  const { json } = await importOf(door, 'web', { value: files.AES_EC, pwd: PASSWORD, tags: { a: 'b' } })
  const { id: _, attributes: __, ...policy } = Object(json['policy'])
  assert.deepEqual(policy, {
    key_props: { exportable: true, kty: 'EC', key_size: 256, reuse_key: false, crv: 'P-256' },
    secret_props: { contentType: 'application/x-pkcs12' },
    x509_props: {
      subject: 'CN=ec.example.com',
      sans: { dns_names: ['www.example.com'] },
      ekus: [],
      key_usage: [],
      validity_months: 888,
      basic_constraints: { ca: false },
    },
    lifetime_actions: [
      { trigger: { lifetime_percentage: 80 }, action: { action_type: 'EmailContacts' } },
    ],
    issuer: { name: 'Unknown' },
  })
  assert.deepEqual(json['tags'], { a: 'b' })
})

test('PEM is imported as text and as base64, whatever the order of its blocks', async () => {
  const door = await doorUnderTest()
  const orders = [
    files.EC_KEY_PEM + files.EC_PEM + files.AUTHORITY_PEM,
    files.AUTHORITY_PEM + files.EC_PEM + files.EC_KEY_PEM,
    `${files.EC_PEM}\r\n${files.EC_KEY_PEM.replaceAll('\n', '\r\n')}${files.AUTHORITY_PEM}`,
    Buffer.from(files.EC_KEY_PEM + files.EC_PEM + files.AUTHORITY_PEM).toString('base64'),
  ]
  for (const value of orders) {
    const answer = await importOf(door, 'web', { value, policy: PEM })
    assert.equal(answer.status, 200, answer.text)
    const { text, subjects } = await secretOf(door, 'web')
    assert.equal(text, files.EC_KEY_PEM + files.EC_PEM + files.AUTHORITY_PEM)
    assert.deepEqual(subjects, ['CN=ec.example.com', 'CN=test authority'])
  }
})

test('the order of the chain stays when that is asked for', async () => {
  const door = await doorUnderTest()
  const value = files.AUTHORITY_PEM + files.EC_PEM + files.EC_KEY_PEM
  const { json } = await importOf(door, 'web', { value, policy: PEM, preserveCertOrder: true })
  assert.equal(json['preserveCertOrder'], true)
  assert.deepEqual((await secretOf(door, 'web')).subjects, ['CN=test authority', 'CN=ec.example.com'])
})

test('an imported key that is not exportable never leaves again', async () => {
  const door = await doorUnderTest()
  const policy = { key_props: { exportable: false } }
  await importOf(door, 'web', { value: files.AES_EC, pwd: PASSWORD, policy })
  assert.ok(!(await secretOf(door, 'web')).text.includes('PRIVATE'))
})

test('an import over an existing name makes a new version and replaces the policy', async () => {
  const door = await doorUnderTest()
  await createCertificate(door, 'web', { policy: EC_POLICY })
  const { json } = await importOf(door, 'web', { value: files.AES_EC, pwd: PASSWORD })
  assert.equal(Object(json['policy']).issuer.name, 'Unknown')
  assert.equal(json['pending'], undefined)
  const versions = await door.call('GET', '/certificates/web/versions')
  assert.equal(Object(versions.json['value']).length, 2)
})

const UNREADABLE_PFX =
  'The specified PKCS#12 X.509 certificate content can not be read. ' +
  'Please check if certificate is in valid PKCS#12 format.\r\n'
const UNREADABLE_PEM =
  'The specified PEM X.509 certificate content is in an unexpected format. ' +
  'Please check if certificate is in valid PEM format.\r\n'
const UNFIT = 'The certificate cannot be taken: '
const MAYBE_PASSWORD = `${UNREADABLE_PFX}The password may be wrong, or the file is damaged.`

const refused: readonly (readonly [string, object, string])[] = [
  ['a wrong password', { value: files.AES_EC, pwd: 'wrong' }, MAYBE_PASSWORD],
  ['a wrong password of an old file', { value: files.RC2_RSA, pwd: 'wrong' }, MAYBE_PASSWORD],
  ['no password where one is needed', { value: files.AES_EC }, MAYBE_PASSWORD],
  ['a password with a NUL in it', { value: files.AES_EC, pwd: `${PASSWORD}\0` }, MAYBE_PASSWORD],
  ['a file without a key', { value: files.WITHOUT_KEY }, `${UNREADABLE_PFX}It has no private key; export the certificate together with its key.`],
  ['more iterations than are computed', { value: files.TOO_MANY_ITERATIONS }, `${UNREADABLE_PFX}It asks for more than 2,400,000 iterations in all; export it with fewer, such as 10,000.`],
  ['half a file', { value: files.AES_EC.slice(0, 400), pwd: PASSWORD }, MAYBE_PASSWORD],
  ['what is no base64', { value: '%%%' }, `${UNREADABLE_PFX}It must be the file in base64, or the text of a PEM file.`],
  ['an empty value', { value: '' }, MAYBE_PASSWORD],
  ['PEM without a key', { value: files.EC_PEM }, `${UNREADABLE_PEM}It has no private key; export the certificate together with its key.`],
  ['PEM without a certificate', { value: files.EC_KEY_PEM }, `${UNREADABLE_PEM}It must have from 1 to 32 certificates.`],
  ['PEM that is cut off', { value: (files.EC_KEY_PEM + files.EC_PEM).slice(0, -30) }, `${UNREADABLE_PEM}A block of it is cut off or is not base64.`],
  ['PEM with two keys', { value: files.EC_KEY_PEM + files.EC_PEM + files.EC_KEY_PEM }, `${UNREADABLE_PEM}It has more than one private key; leave the others out.`],
  ['PEM with an encrypted key', { value: `${files.EC_PEM}-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n` }, `${UNREADABLE_PEM}Its private key is encrypted; decrypt it, or send PKCS #12 with a password.`],
  ['PEM with a key that is none', { value: `${files.EC_PEM}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n` }, `${UNREADABLE_PEM}Its private key cannot be read.`],
  ['PEM with a certificate that is none', { value: `${files.EC_KEY_PEM}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n` }, `${UNREADABLE_PEM}Its certificate 1 is no X.509 certificate.`],
  ['a key of another certificate', { value: files.EC_KEY_PEM + files.RSA_PEM }, `${UNFIT}its private key belongs to none of its certificates; send the two that belong together.`],
  ['an expired certificate', { value: files.EC_KEY_PEM + files.EXPIRED_PEM }, `${UNFIT}it has expired at 2025-06-01T00:00:00.000Z; send one that is valid.`],
  ['a certificate of the future', { value: files.EC_KEY_PEM + files.FUTURE_PEM }, `${UNFIT}it is not valid before 2030-01-01T00:00:00.000Z; wait until then, or correct the clock.`],
  ['a weak key', { value: files.WEAK_PEM }, 'The key cannot be imported: its modulus n has 1024 bits, it must have 2048, 3072, 4096.'],
  ['an unknown curve', { value: files.BRAINPOOL_PEM }, `${UNFIT}its key must be on the curve P-256, P-384, P-521 or P-256K.`],
  ['a key of another type', { value: files.ED25519_PEM }, `${UNFIT}its key must be of type RSA or EC.`],
  ['no value', {}, 'Property value has invalid value\r\nIt must be given.'],
  ['a password that is too long', { value: files.AES_EC, pwd: 'x'.repeat(201) }, 'Property pwd has invalid value\r\nIt may have at most 200 characters.'],
  ['an unknown content type', { value: files.AES_EC, pwd: PASSWORD, policy: { secret_props: { contentType: 'text/plain' } } }, 'Property policy.secret_props.contentType has invalid value\r\nIt must be application/x-pkcs12 or application/x-pem-file.'],
]

for (const [what, body, message] of refused) {
  test(`an import with ${what} is refused, and says what to change`, async () => {
    const door = await doorUnderTest()
    assertRefused(await importOf(door, 'web', body), { status: 400, code: 'BadParameter', message })
    assert.equal((await door.call('GET', '/certificates/web')).status, 404)
    assert.equal((await door.call('GET', '/keys/web')).status, 404)
  })
}

test('a refused file leaves nothing behind that the next operation would stumble over', async () => {
  const door = await doorUnderTest()
  await importOf(door, 'bad', { value: files.AES_EC, pwd: 'wrong' })
  await createCertificate(door, 'web')
  const answer = await importOf(door, 'good', { value: files.RC2_RSA, pwd: PASSWORD })
  assert.equal(answer.status, 200)
})
