import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import {
  type Authority,
  covers,
  createAuthority,
  issueServerCertificate,
  renewalDue,
  type ServerCertificate,
} from './certificate-authority.ts'
import { serverNames } from './server-names.ts'

const day = 86_400_000
const now = Date.UTC(2030, 0, 1)
const names = serverNames({
  host: '10.1.2.3',
  domain: 'localhost',
  loginHosts: ['login.microsoftonline.com'],
  managementHosts: ['management.azure.com'],
  graphHosts: [],
  defaultVaultHosts: ['kv.example.com', 'fe80::1'],
  alibabaRegions: ['cn-hangzhou'],
})

let authority: Authority
let issued: ServerCertificate
let leaf: X509Certificate

before(async () => {
  authority = await createAuthority(now)
  issued = await issueServerCertificate(authority, names, now)
  leaf = new X509Certificate(issued.certificatePem)
})

test('the certificate covers every name, and no other', () => {
  for (const name of [
    'localhost', 'a.vault.localhost', 'login.localhost', 'kv.example.com',
    'kms.cn-hangzhou.localhost', 'kst-a.cryptoservice.kms.localhost',
  ]) {
    assert.equal(leaf.checkHost(name) !== undefined, true, name)
  }
  for (const ip of ['127.0.0.1', '::1', '10.1.2.3', 'fe80::1']) {
    assert.equal(leaf.checkIP(ip) !== undefined, true, ip)
  }
  assert.equal(leaf.checkHost('a.b.vault.localhost'), undefined)
  assert.equal(leaf.checkHost('evil.localhost'), undefined)
  assert.equal(leaf.checkIP('10.0.0.1'), undefined)
})

test('a wildcard address of the configuration is no name', () => {
  const none = { loginHosts: [], managementHosts: [], graphHosts: [], defaultVaultHosts: [] }
  const named = { domain: 'localhost', ...none, alibabaRegions: [] }
  assert.ok(!serverNames({ ...named, host: '::' }).includes('::'))
  assert.ok(!serverNames({ ...named, host: '0.0.0.0' }).includes('0.0.0.0'))
})

test('the CA may sign leaves alone, and a leaf may sign nothing', () => {
  const ca = new X509Certificate(authority.certificatePem)
  assert.equal(ca.ca, true)
  assert.equal(leaf.ca, false)
  assert.ok(leaf.checkIssued(ca))
  assert.ok(leaf.verify(ca.publicKey))
  assert.deepEqual(leaf.keyUsage, ['1.3.6.1.5.5.7.3.1'])
})

test('serial numbers have 20 octets, are positive and differ', async () => {
  const other = await issueServerCertificate(authority, ['localhost'], now)
  const serials = [authority, issued, other].map(
    ({ certificatePem }) => new X509Certificate(certificatePem).serialNumber,
  )
  assert.equal(new Set(serials).size, 3)
  for (const serial of serials) assert.match(serial, /^[4-7][0-9A-F]{39}$/)
})

test('lifetimes are ten years and at most 397 days, and a leaf does not outlive its CA', async () => {
  const ca = new X509Certificate(authority.certificatePem)
  assert.equal(ca.validToDate.getTime(), now + 3650 * day)
  assert.equal(leaf.validToDate.getTime(), now + 397 * day)
  const late = now + 3600 * day
  const { certificatePem } = await issueServerCertificate(authority, ['localhost'], late)
  assert.equal(new X509Certificate(certificatePem).validToDate.getTime(), now + 3650 * day)
})

test('renewal is due after two thirds of the life, or when the clock is before its beginning', () => {
  assert.equal(renewalDue(issued.certificatePem, now), false)
  assert.equal(renewalDue(issued.certificatePem, now + 264 * day), false)
  assert.equal(renewalDue(issued.certificatePem, now + 265 * day), true)
  assert.equal(renewalDue(issued.certificatePem, now - day), true)
})

test('the key belongs to the certificate', () => {
  const key = createPrivateKey({
    key: Buffer.from(issued.privateKeyPkcs8),
    format: 'der',
    type: 'pkcs8',
  })
  assert.ok(leaf.checkPrivateKey(key))
})

test('covers() sees a missing name and another CA', async () => {
  assert.equal(covers(issued.certificatePem, authority, names), true)
  assert.equal(covers(issued.certificatePem, authority, ['new.vault.localhost']), true)
  assert.equal(covers(issued.certificatePem, authority, ['a.vault.other']), false)
  assert.equal(covers(issued.certificatePem, authority, ['*.vault.other']), false)
  assert.equal(covers(issued.certificatePem, authority, ['10.9.9.9']), false)
  assert.equal(covers(issued.certificatePem, await createAuthority(now), names), false)
})

test('openssl verifies the chain for a server, a host and an address', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-tls-'))
  context.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'ca.pem'), authority.certificatePem)
  writeFileSync(join(folder, 'leaf.pem'), issued.certificatePem)
  const verify = (...options: string[]): string =>
    execFileSync(
      'openssl',
      ['verify', '-x509_strict', '-purpose', 'sslserver', '-attime', String(now / 1000), ...options]
        .concat('-CAfile', 'ca.pem', 'leaf.pem'),
      { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    )
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
  } catch {
    context.skip('there is no openssl on this machine')
    return
  }
  assert.match(verify('-verify_hostname', 'default.vault.localhost'), /leaf\.pem: OK/)
  assert.match(verify('-verify_ip', '::1'), /leaf\.pem: OK/)
  assert.throws(() => verify('-verify_hostname', 'evil.localhost'))
})
