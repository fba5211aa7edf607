import assert from 'node:assert/strict'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { OPERATIONS } from '@claviger/vault'
import { testAuthority } from '@claviger/vault/testing'
import { assertRefused } from './assert-refused.ts'
import { CERTIFICATE_ROUTES } from './certificate-routes.ts'
import { createCertificate, EC_POLICY, memberOf } from './certificate-under-test.ts'
import { doorUnderTest, ORIGIN, setSecret, VERSION, versionOf } from './door-under-test.ts'
import { createKey } from './key-under-test.ts'

const now = 1_767_225_600 // where the clock of the test vault stands
const year = 365 * 86_400

test('the table has the twenty-seven published operations and nothing else', () => {
  // Source: the published description of certificates, 2026-04-01.
  assert.deepEqual(CERTIFICATE_ROUTES.map(({ method, path }) => `${method} ${path}`).toSorted(), [
    'DELETE /certificates/:name',
    'DELETE /certificates/:name/pending',
    'DELETE /certificates/contacts',
    'DELETE /certificates/issuers/:name',
    'DELETE /deletedcertificates/:name',
    'GET /certificates',
    'GET /certificates/:name/:version?',
    'GET /certificates/:name/pending',
    'GET /certificates/:name/policy',
    'GET /certificates/:name/versions',
    'GET /certificates/contacts',
    'GET /certificates/issuers',
    'GET /certificates/issuers/:name',
    'GET /deletedcertificates',
    'GET /deletedcertificates/:name',
    'PATCH /certificates/:name/:version?',
    'PATCH /certificates/:name/pending',
    'PATCH /certificates/:name/policy',
    'PATCH /certificates/issuers/:name',
    'POST /certificates/:name/backup',
    'POST /certificates/:name/create',
    'POST /certificates/:name/import',
    'POST /certificates/:name/pending/merge',
    'POST /certificates/restore',
    'POST /deletedcertificates/:name/recover',
    'PUT /certificates/contacts',
    'PUT /certificates/issuers/:name',
  ])
})

test('every operation on certificates has its one route, but for those that the service has not', () => {
  const ofTheScheduler = ['renewIfDue', 'failRenewal', 'notifyExpiry', 'tellExpired']
  const ofOrders = ['getOrder', 'setAcmeAccount', 'completeOrder', 'failOrder']
  const ofAuthorities = [
    'revoke',
    'listIssued',
    'getAuthorityCertificate',
    'getRevocationList',
    'getOcspResponse',
  ]
  const ofOtherWires = ['changeTags']
  const others = [...ofTheScheduler, ...ofOrders, ...ofAuthorities, ...ofOtherWires]
  const verbs = Object.keys(OPERATIONS.certificates).filter((verb) => !others.includes(verb))
  assert.deepEqual(
    CERTIFICATE_ROUTES.map(({ operation }) => operation).toSorted(),
    verbs.map((verb) => `certificates/${verb}`).toSorted(),
  )
})

test('create answers 202 with the operation, which is done when it is asked after', async () => {
  const door = await doorUnderTest()
  const created = await createCertificate(door, 'Web')
  const id = `${ORIGIN}/certificates/Web`
  const requestId = String(created.json['request_id'])
  assert.equal(
    created.headers['Location'],
    `${id}/pending?api-version=${VERSION}&request_id=${requestId}`,
  )
  const { csr, ...operation } = created.json
  assert.match(String(csr), /^MI/)
  const begun = {
    id: `${id}/pending`,
    issuer: { name: 'Self' },
    cancellation_requested: false,
    request_id: requestId,
  }
  assert.deepEqual(operation, {
    ...begun,
    status: 'inProgress',
    status_details:
      'Pending certificate created. Certificate request is in progress. This may take some time ' +
      'based on the issuer provider. Please check again later.',
  })
  const polled = await door.call('GET', '/certificates/web/pending')
  assert.deepEqual(polled.json, { ...begun, csr, status: 'completed', target: id })
  const query = `api-version=${VERSION}&request_id=${requestId}`
  assert.equal((await door.send('GET', `/certificates/web/pending?${query}`)).status, 200)
  assertRefused(await door.send('GET', `/certificates/web/pending?${query}0`), {
    status: 404,
    code: 'PendingCertificateNotFound',
    message: 'Pending certificate not found: web',
  })
})

test('the smallest policies of the SDKs get every default of the service', async () => {
  const door = await doorUnderTest()
  const policies = [
    { x509_props: { subject: 'CN=DefaultPolicy', sans: {} }, issuer: { name: 'Self' } },
    {
      key_props: {},
      secret_props: {},
      x509_props: { subject: 'cn=MyCert', sans: {} },
      issuer: { name: 'Self' },
      attributes: {},
    },
  ]
  for (const [at, policy] of policies.entries()) {
    const name = `cert-${at}`
    await createCertificate(door, name, { policy, attributes: {} })
    const answer = await door.call('GET', `/certificates/${name}/`)
    assert.deepEqual(answer.json['policy'], {
      id: `${ORIGIN}/certificates/${name}/policy`,
      key_props: { exportable: true, kty: 'RSA', key_size: 2048, reuse_key: false },
      secret_props: { contentType: 'application/x-pkcs12' },
      x509_props: {
        subject: policy.x509_props.subject,
        sans: {},
        ekus: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
        key_usage: ['digitalSignature', 'keyEncipherment'],
        validity_months: 12,
        basic_constraints: { ca: false },
      },
      lifetime_actions: [
        { trigger: { lifetime_percentage: 80 }, action: { action_type: 'AutoRenew' } },
      ],
      issuer: { name: 'Self' },
      attributes: { enabled: true, created: now, updated: now },
    })
    const { subject } = new X509Certificate(Buffer.from(String(answer.json['cer']), 'base64'))
    assert.equal(subject, policy.x509_props.subject.replace('cn=', 'CN='))
  }
})

test('a certificate is shown with its key and secret of the same name and version', async () => {
  const door = await doorUnderTest()
  await createCertificate(door, 'web', { tags: { a: 'b' } })
  const answer = await door.call('GET', '/certificates/web')
  const version = versionOf(answer)
  const { json } = answer
  const certificate = new X509Certificate(Buffer.from(String(json['cer']), 'base64'))
  assert.equal(json['kid'], `${ORIGIN}/keys/web/${version}`)
  assert.equal(json['sid'], `${ORIGIN}/secrets/web/${version}`)
  const thumbprint = certificate.fingerprint.replaceAll(':', '')
  assert.equal(Buffer.from(String(json['x5t']), 'base64url').toString('hex').toUpperCase(), thumbprint)
  assert.deepEqual(json['pending'], { id: `${ORIGIN}/certificates/web/pending` })
  assert.deepEqual(json['tags'], { a: 'b' })
  assert.deepEqual(json['attributes'], {
    enabled: true,
    nbf: now - 600,
    exp: now + year,
    created: now,
    updated: now,
    recoveryLevel: 'Recoverable+Purgeable',
    recoverableDays: 90,
  })
  const key = await door.call('GET', `/keys/web/${version}`)
  assert.equal(key.json['managed'], true)
  assert.deepEqual(memberOf(key, 'key')['key_ops'], ['sign', 'verify'])
  assert.deepEqual(key.json['tags'], { a: 'b' })
  const secret = await door.call('GET', '/secrets/web')
  assert.equal(versionOf(secret), version)
  assert.equal(secret.json['managed'], true)
  assert.equal(secret.json['kid'], json['kid'])
  assert.equal(secret.json['contentType'], 'application/x-pkcs12')
  assert.equal(memberOf(secret, 'attributes')['exp'], now + year)
})

test('the key signs what the certificate verifies', async () => {
  const door = await doorUnderTest()
  await createCertificate(door, 'web')
  const digest = Buffer.alloc(32, 7).toString('base64url')
  const body = { alg: 'ES256', value: digest }
  const { json } = await door.call('POST', '/keys/web//sign', { body })
  const check = { alg: 'ES256', digest, value: json['value'] }
  const verified = await door.call('POST', '/keys/web//verify', { body: check })
  assert.equal(verified.json['value'], true)
})

test('a PEM secret holds the key and the certificate', async () => {
  const door = await doorUnderTest()
  const policy = { ...EC_POLICY, secret_props: { contentType: 'application/x-pem-file' } }
  await createCertificate(door, 'web', { policy })
  const { json } = await door.call('GET', '/secrets/web')
  const text = String(json['value'])
  assert.match(text, /^-----BEGIN PRIVATE KEY-----\n[^-]+-----END PRIVATE KEY-----\n-----BEGIN CERT/)
  assert.ok(text.endsWith('-----END CERTIFICATE-----\n'))
  assert.ok(new X509Certificate(text).checkPrivateKey(createPrivateKey(text)))
  const asPfx = `/secrets/web?api-version=${VERSION}&outContentType=application/x-pkcs12`
  assertRefused(await door.send('GET', asPfx), {
    status: 400,
    code: 'BadParameter',
    message: /^Property outContentType has invalid value/,
  })
})

test('a PKCS #12 secret comes as PEM when that is asked for', async () => {
  const door = await doorUnderTest()
  await createCertificate(door, 'web')
  const path = `/secrets/web?api-version=${VERSION}&outContentType=application%2Fx-pem-file`
  const { json } = await door.send('GET', path)
  assert.equal(json['contentType'], 'application/x-pem-file')
  const text = String(json['value'])
  assert.ok(new X509Certificate(text).checkPrivateKey(createPrivateKey(text)))
})

test('a key that is not exportable never leaves', async () => {
  const door = await doorUnderTest()
  for (const contentType of ['application/x-pem-file', 'application/x-pkcs12']) {
    const policy = {
      ...EC_POLICY,
      key_props: { kty: 'EC-HSM', exportable: false },
      secret_props: { contentType },
    }
    await createCertificate(door, 'web', { policy })
    const path = `/secrets/web?api-version=${VERSION}&outContentType=application/x-pem-file`
    const text = String((await door.send('GET', path)).json['value'])
    assert.ok(!text.includes('PRIVATE'))
    assert.equal(new X509Certificate(text).subject, 'CN=example.com')
    const key = await door.call('GET', '/keys/web')
    assert.equal(memberOf(key, 'key')['kty'], 'EC-HSM')
  }
})

test('managed keys and secrets refuse what their certificate rules', async () => {
  const door = await doorUnderTest()
  await createCertificate(door, 'web')
  const refused = (kind: 'Key' | 'Secret', operation: string) => ({
    status: 403,
    code: 'Forbidden',
    inner: `${kind}ManagedByKeyVault`,
    message: `Operation "${operation}" is not allowed as this object's lifetime is managed by Key Vault.`,
  })
  const { call } = door
  assertRefused(await call('DELETE', '/keys/web'), refused('Key', 'delete'))
  assertRefused(await call('PATCH', '/keys/web/', { body: { tags: {} } }), refused('Key', 'update'))
  assertRefused(await call('POST', '/keys/web/rotate'), refused('Key', 'rotate'))
  assertRefused(await call('POST', '/keys/web/backup'), refused('Key', 'backup'))
  const wanted = { body: { kty: 'EC' } }
  assertRefused(await call('POST', '/keys/web/create', wanted), refused('Key', 'create'))
  assertRefused(await call('DELETE', '/secrets/web'), refused('Secret', 'delete'))
  assertRefused(await call('PUT', '/secrets/web', { body: { value: 'v' } }), refused('Secret', 'set'))
  assertRefused(await call('POST', '/secrets/web/backup'), refused('Secret', 'backup'))
  await call('DELETE', '/certificates/web')
  assertRefused(await call('POST', '/deletedkeys/web/recover'), refused('Key', 'recover'))
  assertRefused(await call('DELETE', '/deletedkeys/web'), refused('Key', 'purge'))
  assertRefused(await call('POST', '/deletedsecrets/web/recover'), refused('Secret', 'recover'))
  assertRefused(await call('DELETE', '/deletedsecrets/web'), refused('Secret', 'purge'))
})

test('delete, recover and purge act on all three faces', async () => {
  const door = await doorUnderTest()
  const { call } = door
  await createCertificate(door, 'web')
  const before = await call('GET', '/certificates/web')
  const deleted = await call('DELETE', '/certificates/web')
  assert.equal(deleted.json['recoveryId'], `${ORIGIN}/deletedcertificates/web`)
  assert.equal(deleted.json['deletedDate'], now)
  assert.equal(deleted.json['scheduledPurgeDate'], now + 90 * 86_400)
  assert.equal(deleted.json['id'], before.json['id'])
  for (const kind of ['certificates', 'keys', 'secrets']) {
    assert.equal((await call('GET', `/${kind}/web`)).status, 404, kind)
    assert.equal((await call('GET', `/deleted${kind}/web`)).status, 200, kind)
  }
  const list = await call('GET', '/deletedcertificates')
  assert.deepEqual(Object(list.json['value'])[0].id, `${ORIGIN}/certificates/web`)
  assertRefused(await call('POST', '/certificates/web/create', { body: { policy: EC_POLICY } }), {
    status: 409,
    code: 'Conflict',
    inner: 'ObjectIsDeletedButRecoverable',
    message: /^Certificate web is currently in a deleted but recoverable state/,
  })
  const recovered = await call('POST', '/deletedcertificates/web/recover')
  assert.deepEqual(recovered.json, before.json)
  for (const kind of ['certificates', 'keys', 'secrets']) {
    assert.equal((await call('GET', `/${kind}/web`)).status, 200, kind)
    assert.equal((await call('GET', `/deleted${kind}/web`)).status, 404, kind)
  }
  await call('DELETE', '/certificates/web')
  assert.equal((await call('DELETE', '/deletedcertificates/web')).status, 204)
  for (const kind of ['certificates', 'keys', 'secrets']) {
    assert.equal((await call('GET', `/deleted${kind}/web`)).status, 404, kind)
  }
  const left = [...door.memory.contents.bodies.keys()].filter((key) => key.includes('/web'))
  assert.deepEqual(left, [])
  await createCertificate(door, 'web')
})

test('a disabled version disables its key and its secret', async () => {
  const door = await doorUnderTest()
  await createCertificate(door, 'web')
  const body = { attributes: { enabled: false }, tags: { c: 'd' } }
  const updated = await door.call('PATCH', '/certificates/web/', { body })
  assert.equal(memberOf(updated, 'attributes')['enabled'], false)
  assertRefused(await door.call('GET', '/secrets/web'), {
    status: 403,
    code: 'Forbidden',
    inner: 'SecretDisabled',
    message: 'Operation get is not allowed on a disabled secret.',
  })
  const key = await door.call('GET', '/keys/web')
  assert.equal(memberOf(key, 'attributes')['enabled'], false)
  assert.deepEqual(key.json['tags'], { c: 'd' })
  const again = { attributes: { enabled: true } }
  await door.call('PATCH', '/certificates/web/', { body: again })
  assert.equal((await door.call('GET', '/secrets/web')).status, 200)
})

test('a new version follows the policy that is stored, and keeps the key when it says so', async () => {
  const door = await doorUnderTest()
  const policy = { ...EC_POLICY, key_props: { kty: 'EC', crv: 'P-384', reuse_key: true } }
  await createCertificate(door, 'web', { policy })
  const first = await door.call('GET', '/certificates/web')
  const again = await door.call('POST', '/certificates/web/create', { body: {} })
  assert.equal(again.status, 202)
  const second = await door.call('GET', '/certificates/web')
  assert.notEqual(versionOf(second), versionOf(first))
  const [one, two] = [first, second].map(
    ({ json }) => new X509Certificate(Buffer.from(String(json['cer']), 'base64')),
  )
  assert.ok(one !== undefined && two !== undefined)
  assert.ok(one.publicKey.equals(two.publicKey))
  assert.notEqual(one.serialNumber, two.serialNumber)
  const secret = await door.call('GET', '/secrets/web')
  assert.equal(secret.json['previousVersion'], versionOf(first))
  const versions = await door.call('GET', '/certificates/web/versions')
  const ids = Object(versions.json['value']).map(({ id }: { id: string }) => id)
  assert.deepEqual(ids, [first, second].map(({ json }) => String(json['id'])).toSorted())
  const changed = { key_props: { reuse_key: false }, x509_props: { validity_months: 1 } }
  const patched = await door.call('PATCH', '/certificates/web/policy', { body: changed })
  assert.equal(memberOf(patched, 'x509_props')['validity_months'], 1)
  assert.equal(memberOf(patched, 'x509_props')['subject'], 'CN=example.com')
  assert.equal(memberOf(patched, 'key_props')['crv'], 'P-384')
  await door.call('POST', '/certificates/web/create', { body: {} })
  const third = await door.call('GET', '/certificates/web')
  const three = new X509Certificate(Buffer.from(String(third.json['cer']), 'base64'))
  assert.ok(!three.publicKey.equals(two.publicKey))
  assert.equal(memberOf(third, 'attributes')['exp'], now + 31 * 86_400)
})

test('for an issuer outside there is a request, and its answer is merged', async () => {
  const door = await doorUnderTest()
  const { call } = door
  const policy = { ...EC_POLICY, issuer: { name: 'Unknown' } }
  const created = await createCertificate(door, 'web', { policy, tags: { a: 'b' } })
  assert.equal(created.json['status'], 'inProgress')
  assert.equal(created.headers['Retry-After'], '10')
  assert.equal(
    created.json['status_details'],
    'Pending certificate created. Please Perform Merge to complete the request.',
  )
  const waiting = await call('GET', '/certificates/web/')
  assert.deepEqual(Object.keys(waiting.json), ['id', 'attributes', 'tags', 'policy', 'pending'])
  assert.equal(memberOf(waiting, 'attributes')['enabled'], false)
  assert.deepEqual((await call('GET', '/certificates')).json['value'], [])
  const all = await door.send('GET', `/certificates?api-version=${VERSION}&includePending=true`)
  assert.equal(Object(all.json['value']).length, 1)
  assertRefused(await call('POST', '/certificates/web/create', { body: { policy } }), {
    status: 409,
    code: 'Forbidden',
    message:
      'A new key vault certificate can not be created or imported while a pending key vault ' +
      "certificate's status is inProgress.",
  })

  const from = now * 1000
  const authority = testAuthority('CN=authority', from)
  const leaf = authority.issue(Buffer.from(String(created.json['csr']), 'base64'), from)
  const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64')
  const merge = (x5c: unknown): ReturnType<typeof call> =>
    call('POST', '/certificates/web/pending/merge', { body: { x5c } })
  const bad = { status: 400, code: 'BadParameter' } as const
  assertRefused(await merge([]), {
    ...bad,
    message: /^Property x5c has invalid value\r\nX5C must have at least one valid item/,
  })
  assertRefused(await merge(['%']), { ...bad, message: /^Property x5c has invalid value/ })
  assertRefused(await merge(['AAAA']), { ...bad, message: /item 0 is no X.509 certificate/ })
  assertRefused(await merge([base64(authority.certificate)]), {
    ...bad,
    message: /its public key is not that of the pending request/,
  })
  assertRefused(await merge([base64(authority.certificate), base64(leaf)]), {
    ...bad,
    message: /is not the first of x5c; put it there/,
  })
  const csr = Buffer.from(String(created.json['csr']), 'base64')
  const old = authority.issue(csr, from - 2 * year * 1000, from - year * 1000)
  assertRefused(await merge([base64(old)]), { ...bad, message: /it has expired at 2025-/ })
  const early = authority.issue(csr, from + 86_400_000)
  assertRefused(await merge([base64(early)]), { ...bad, message: /is not valid before 2026-/ })

  const merged = await merge([base64(leaf), base64(authority.certificate)])
  assert.equal(merged.status, 201)
  assert.equal(merged.headers['Location'], `${ORIGIN}/certificates/web?api-version=${VERSION}`)
  assert.equal(merged.json['cer'], base64(leaf))
  assert.deepEqual(merged.json['tags'], { a: 'b' })
  assert.equal(versionOf(merged), versionOf(waiting))
  const path = `/secrets/web?api-version=${VERSION}&outContentType=application/x-pem-file`
  const text = String((await door.send('GET', path)).json['value'])
  const order = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  const subjects = order.map((one) => new X509Certificate(one).subject)
  assert.deepEqual(subjects, ['CN=example.com', 'CN=authority'])
  assert.equal((await call('GET', '/certificates/web/pending')).json['status'], 'completed')
  assertRefused(await merge([base64(leaf)]), { ...bad, message: /is completed, not inProgress/ })
})

test('a certificate that is base64 twice, as samples of the SDKs send it, is merged', async () => {
  const door = await doorUnderTest()
  const policy = { ...EC_POLICY, issuer: { name: 'Unknown' } }
  const { json } = await createCertificate(door, 'web', { policy })
  const from = now * 1000
  const leaf = testAuthority('CN=authority', from).issue(Buffer.from(String(json['csr']), 'base64'), from)
  const once = Buffer.from(leaf).toString('base64')
  const body = { x5c: [Buffer.from(once).toString('base64')] }
  const merged = await door.call('POST', '/certificates/web/pending/merge', { body })
  assert.equal(merged.json['cer'], once)
})

test('a pending certificate is cancelled and deleted, and the name can be used again', async () => {
  const door = await doorUnderTest()
  const { call } = door
  const policy = { ...EC_POLICY, issuer: { name: 'Unknown' } }
  await createCertificate(door, 'web', { policy })
  const cancel = { body: { cancellation_requested: true } }
  assertRefused(await call('PATCH', '/certificates/web/pending', { body: {} }), {
    status: 400,
    code: 'BadParameter',
    message: /^Property cancellation_requested has invalid value/,
  })
  const cancelled = await call('PATCH', '/certificates/web/pending', cancel)
  assert.equal(cancelled.json['cancellation_requested'], true)
  assert.equal(cancelled.json['status'], 'inProgress')
  assert.equal((await call('GET', '/certificates/web/pending')).json['status'], 'cancelled')
  assertRefused(await call('PATCH', '/certificates/web/pending', cancel), {
    status: 400,
    code: 'BadParameter',
    message: /is cancelled, not inProgress/,
  })
  assert.equal((await call('DELETE', '/certificates/web/pending')).json['status'], 'cancelled')
  assert.equal((await call('GET', '/certificates/web/pending')).status, 404)
  const left = await call('GET', '/certificates/web')
  assert.equal(left.json['pending'], undefined)
  assert.equal(memberOf(left, 'attributes')['enabled'], false)
  await createCertificate(door, 'web')
  assert.equal(memberOf(await call('GET', '/certificates/web'), 'attributes')['enabled'], true)
})

test('a certificate that waits is deleted, recovered and purged without its faces', async () => {
  const door = await doorUnderTest()
  const { call } = door
  const policy = { ...EC_POLICY, issuer: { name: 'Unknown' } }
  await createCertificate(door, 'web', { policy })
  await setSecret(door, 'web')
  assert.equal((await call('DELETE', '/certificates/web')).status, 200)
  assert.equal((await call('POST', '/deletedcertificates/web/recover')).status, 200)
  assert.equal((await call('GET', '/certificates/web/pending')).json['status'], 'inProgress')
  await call('DELETE', '/certificates/web')
  assert.equal((await call('DELETE', '/deletedcertificates/web')).status, 204)
  assert.equal((await call('GET', '/secrets/web')).status, 200)
})

test('a merge or a renewal outside leaves the version before at work until it is done', async () => {
  const door = await doorUnderTest()
  await createCertificate(door, 'web')
  const before = await door.call('GET', '/certificates/web')
  const policy = { ...EC_POLICY, issuer: { name: 'Unknown' } }
  await createCertificate(door, 'web', { policy })
  const during = await door.call('GET', '/certificates/web')
  assert.equal(during.json['cer'], before.json['cer'])
  assert.equal((await door.call('GET', '/secrets/web')).status, 200)
})

test('an issuer of the vault that cannot issue fails the operation and says why', async () => {
  const door = await doorUnderTest()
  const policy = { ...EC_POLICY, issuer: { name: 'authority' } }
  assertRefused(await door.call('POST', '/certificates/web/create', { body: { policy } }), {
    status: 400,
    code: 'BadParameter',
    message: /^Property policy.issuer.name has invalid value\r\nThere is no issuer authority/,
  })
  await door.call('PUT', '/certificates/issuers/authority', { body: { provider: 'DigiCert' } })
  assert.equal((await createCertificate(door, 'web', { policy })).json['status'], 'inProgress')
  const { json } = await door.call('GET', '/certificates/web/pending')
  assert.equal(json['status'], 'failed')
  assert.match(Object(json['error']).message, /provider DigiCert cannot be issued/)
  assertRefused(
    await door.call('POST', '/certificates/web/pending/merge', { body: { x5c: ['AAAA'] } }),
    {
      status: 403,
      code: 'Forbidden',
      message: 'Merge is forbidden on pending object created with issuer : authority while it is in progess.',
    },
  )
})

test('a backup is restored with keys and secrets, in another vault of the tenant', async () => {
  const door = await doorUnderTest()
  const { call, memory } = door
  await createCertificate(door, 'web')
  await call('POST', '/certificates/web/create', { body: {} })
  const before = await call('GET', '/certificates/web')
  const secret = await call('GET', '/secrets/web')
  const { json: blob } = await call('POST', '/certificates/web/backup')
  assertRefused(await call('POST', '/certificates/restore', { body: blob }), {
    status: 409,
    code: 'Conflict',
    message: /^Certificate web already exists/,
  })
  await memory.vault.vaults.create(memory.administrator, { name: 'other' })
  const host = 'other.vault.localhost'
  const restored = await call('POST', '/certificates/restore', { body: blob, host })
  assert.equal(restored.status, 200)
  assert.equal(versionOf(restored), versionOf(before))
  assert.equal(restored.json['cer'], before.json['cer'])
  const there = await call('GET', '/secrets/web', { host })
  assert.equal(there.json['value'], secret.json['value'])
  const body = { alg: 'ES256', value: Buffer.alloc(32).toString('base64url') }
  assert.equal((await call('POST', '/keys/web//sign', { body, host })).status, 200)
  const versions = await call('GET', '/certificates/web/versions', { host })
  assert.equal(Object(versions.json['value']).length, 2)
  assertRefused(await call('POST', '/certificates/restore', { body: { value: 'AAAA' }, host }), {
    status: 400,
    code: 'BadParameter',
    message: /^The backup of the certificate cannot be restored/,
  })
})

test('a name that a key or a secret has is not to be had', async () => {
  const door = await doorUnderTest()
  await createKey(door, 'a-key')
  await setSecret(door, 'a-secret')
  for (const [name, kind] of [['a-key', 'key'], ['a-secret', 'secret']]) {
    assertRefused(await door.call('POST', `/certificates/${name}/create`, { body: { policy: EC_POLICY } }), {
      status: 409,
      code: 'Conflict',
      message: new RegExp(`^There is a ${kind} ${name} that belongs to no certificate`),
    })
  }
})

test('create without a name is refused as the service refuses it', async () => {
  const door = await doorUnderTest()
  assertRefused(await door.call('POST', '/certificates//create', { body: { policy: EC_POLICY } }), {
    status: 405,
    code: 'MethodNotAllowed',
    message: 'HTTP POST not allowed',
  })
  for (const name of ['contacts', 'issuers', 'restore', 'a_b']) {
    const path = `/certificates/${name}/create`
    assert.equal((await door.call('POST', path, { body: { policy: EC_POLICY } })).status, 400, name)
  }
})

test('what is not there is not found', async () => {
  const door = await doorUnderTest()
  await createCertificate(door, 'web')
  const body = { policy: { issuer: {} } }
  assertRefused(await door.call('GET', '/certificates/absent'), {
    status: 404,
    code: 'CertificateNotFound',
    message: /^A certificate with \(name\/id\) absent was not found in this key vault/,
  })
  assertRefused(await door.call('GET', '/deletedcertificates/web'), {
    status: 404,
    code: 'CertificateNotFound',
    message: 'Deleted Certificate not found: web',
  })
  for (const [method, sent] of [['GET', {}], ['DELETE', {}], ['PATCH', { body: { cancellation_requested: true } }]] as const) {
    assertRefused(await door.call(method, '/certificates/absent/pending', sent), {
      status: 404,
      code: 'PendingCertificateNotFound',
      message: 'Pending certificate not found: absent',
    })
  }
  const version = '0'.repeat(32)
  for (const path of ['/certificates/web/abc', `/certificates/web/${version}`]) {
    assert.equal((await door.call('GET', path)).status, 404, path)
    assert.equal((await door.call('PATCH', path, { body })).status, 404, path)
  }
})
