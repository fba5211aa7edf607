import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { keyName } from '../../crypto/key-name.ts'
import type { KeySpec } from '../../crypto/key-spec.ts'
import { pemOf } from '../../crypto/pem-of.ts'
import type { KeyHandle } from '../../crypto/provider.ts'
import { SoftwareProvider } from '../../crypto/software/software-provider.ts'
import { OpensslFolder, withOpenssl } from '../../testing/openssl-folder.ts'
import { handleOf } from '../../testing/provider/key-set.ts'
import type { X509Properties } from '../certificate-policy.ts'
import {
  ocspRefusal,
  ocspResponse,
  readAuthorityCertificate,
  readOcspRequest,
  revocationList,
  selfSignedCertificate,
  signedCertificate,
  type AuthorityCertificate,
} from './index.ts'

const SPECS: readonly KeySpec[] = [
  ...[2048, 3072, 4096].map((bits) => ({ type: 'RSA', bits, publicExponent: 65_537 }) as const),
  ...(['P-256', 'P-384', 'P-521', 'secp256k1'] as const).map(
    (curve) => ({ type: 'EC', curve }) as const,
  ),
]

const DAY = 86_400
const now = Math.floor(Date.now() / 1000)
const dates = { notBefore: now - 600, notAfter: now + 90 * DAY }
const publication = {
  ocsp: 'http://pki.example/ocsp',
  certificate: 'http://pki.example/cer',
  revocationList: 'http://pki.example/crl',
}

function propertiesOf(subject: string, more: Partial<X509Properties> = {}): X509Properties {
  const common = { alternativeNames: {}, ekus: [], validityMonths: 1 }
  return { subject, ...common, keyUsage: ['digitalSignature'], ...more }
}

const AUTHORITY: Partial<X509Properties> = { keyUsage: ['keyCertSign', 'cRLSign'] }

let provider: SoftwareProvider
let folder: OpensslFolder
before(async () => {
  provider = await SoftwareProvider.open()
  folder = new OpensslFolder()
})
after(() => {
  provider.close()
  folder.remove()
})

interface Authority {
  readonly certificate: AuthorityCertificate
  readonly key: KeyHandle
  /** Path of its certificate in PEM. */
  readonly path: string
}

async function rootOf(spec: KeySpec, ca = { pathLength: 1 }): Promise<Authority> {
  const key = handleOf(await provider.create(spec))
  const properties = propertiesOf('CN=Root, O=Örtlich', { ...AUTHORITY, ca })
  return authorityOf(await selfSignedCertificate(provider, { properties, key, ...dates }), key)
}

function authorityOf(der: Uint8Array, key: KeyHandle): Authority {
  const certificate = readAuthorityCertificate(der)
  assert.ok(certificate !== undefined)
  return { certificate, key, path: pem(certificate.authority, der) }
}

function pem(name: string, ...ders: readonly Uint8Array[]): string {
  return folder.file(`${name}.pem`, ders.map((der) => pemOf('CERTIFICATE', der)).join(''))
}

async function issue(
  { certificate, key }: Authority,
  properties: X509Properties,
  spec: KeySpec = { type: 'EC', curve: 'P-256' },
): Promise<{ readonly der: Uint8Array; readonly serial: string; readonly key: KeyHandle; readonly path: string }> {
  const own = handleOf(await provider.create(spec))
  assert.ok(own.publicKey !== undefined)
  const signer = { name: certificate.subject, keyId: certificate.keyId, key }
  const { publicKey } = own
  const made = await signedCertificate(provider, { properties, publicKey, signer, publication, ...dates })
  return { ...made, key: own, path: pem(made.serial, made.der) }
}

async function listOf(
  { certificate, key }: Authority,
  revoked: Parameters<typeof revocationList>[1]['revoked'],
): Promise<string> {
  const list = await revocationList(provider, {
    signer: { name: certificate.subject, keyId: certificate.keyId, key },
    revoked,
    number: (BigInt(now) << 32n) + 7n,
    thisUpdate: now - 1,
    nextUpdate: now + DAY,
  })
  return folder.file(`${certificate.authority}.crl`, pemOf('X509 CRL', list))
}

for (const spec of SPECS) {
  describe(`an authority with a key of ${keyName(spec)}`, () => {
    let root: Authority
    let below: Authority
    before(async () => {
      root = await rootOf(spec)
      const properties = propertiesOf('CN=Issuing', { ...AUTHORITY, ca: { pathLength: 0 } })
      const { der, key } = await issue(root, properties, { type: 'EC', curve: 'P-256' })
      below = authorityOf(der, key)
    })

    it('signs certificates that Node verifies', async () => {
      const leaf = await issue(root, propertiesOf('CN=leaf'))
      const x509 = new X509Certificate(leaf.der)
      assert.ok(x509.verify(root.certificate.x509.publicKey))
      assert.ok(x509.checkIssued(root.certificate.x509))
      assert.equal(x509.ca, false)
      assert.equal(x509.serialNumber.toLowerCase(), leaf.serial)
      assert.equal(root.certificate.x509.ca, true)
      assert.match(x509.infoAccess ?? '', /OCSP - URI:http:\/\/pki\.example\/ocsp\nCA Issuers - URI:http:\/\/pki\.example\/cer/)
    })

    it('makes a chain that openssl accepts, strictly, with the lists of both', withOpenssl, async () => {
      const leaf = await issue(below, propertiesOf('CN=leaf', { alternativeNames: { dnsNames: ['a.example'] } }))
      const lists = [await listOf(root, []), await listOf(below, [])].flatMap((path) => ['-CRLfile', path])
      const how = ['-x509_strict', '-crl_check_all', '-CAfile', root.path, '-untrusted', below.path]
      assert.match(folder.run('verify', ...how, ...lists, leaf.path), /: OK/)
      const text = folder.run('x509', '-in', leaf.path, '-noout', '-text')
      assert.match(text, /CRL Distribution Points: \n\s+Full Name:\n\s+URI:http:\/\/pki\.example\/crl/)
      assert.match(text, /OCSP - URI:http:\/\/pki\.example\/ocsp\n\s+CA Issuers - URI:http/)
      assert.match(folder.run('x509', '-in', below.path, '-noout', '-text'), /CA:TRUE, pathlen:0/)
    })

    it('lists what it has revoked, as openssl reads it', withOpenssl, async () => {
      const leaf = await issue(root, propertiesOf('CN=leaf'))
      const other = await issue(root, propertiesOf('CN=other'))
      const list = await listOf(root, [
        { serial: leaf.serial, at: now - 60, reason: 'keyCompromise' },
        { serial: '7f00', at: now - 60, reason: 'unspecified' },
      ])
      const text = folder.run('crl', '-in', list, '-noout', '-text', '-CAfile', root.path, '-verify')
      assert.match(text, /verify OK/)
      assert.match(text, /Version 2 \(0x1\)/)
      assert.match(text, new RegExp(`Serial Number: ${leaf.serial.toUpperCase()}\n.*\n\\s+CRL entry ext.*\n\\s+X509v3 CRL Reason Code: \n\\s+Key Compromise`))
      assert.equal(text.match(/Reason Code/g)?.length, 1)
      const [, number = ''] = /CRL Number: \n\s+(\S+)/.exec(text) ?? []
      assert.equal(BigInt(number), (BigInt(now) << 32n) + 7n)
      const how = ['-crl_check', '-CAfile', root.path, '-CRLfile', list]
      assert.match(folder.run('verify', ...how, other.path), /: OK/)
      assert.throws(() => folder.run('verify', ...how, leaf.path), /certificate revoked/)
    })

    it('answers what openssl asks, by both hashes, with and without a nonce', withOpenssl, async () => {
      const leaf = await issue(root, propertiesOf('CN=leaf'))
      const asked = folder.path(`${leaf.serial}.ocsp-request`)
      for (const [hash, nonce] of [['sha1', '-nonce'], ['sha256', '-no_nonce']] as const) {
        const about = ['-issuer', root.path, `-${hash}`, '-cert', leaf.path, nonce]
        folder.run('ocsp', ...about, '-reqout', asked)
        const question = readOcspRequest(readFileSync(asked))
        assert.ok(question !== undefined)
        assert.equal(question.serial, leaf.serial)
        const input = {
          question,
          keyHash: Buffer.from(root.certificate.authority, 'hex'),
          key: root.key,
          thisUpdate: now - 1,
          nextUpdate: now + 3_600,
        }
        const check = async (revoked?: Parameters<typeof ocspResponse>[1]['revoked']): Promise<string> => {
          const der = await ocspResponse(provider, { ...input, ...(revoked && { revoked }) })
          const path = folder.file(`${leaf.serial}.ocsp`, der)
          return folder.run('ocsp', '-respin', path, '-CAfile', root.path, ...about, '-resp_text')
        }
        const good = await check()
        assert.match(good, /Response verify OK/)
        assert.match(good, new RegExp(`${leaf.serial}\\.pem: good`))
        assert.doesNotMatch(good, /Status times invalid/)
        assert.match(good, new RegExp(`Responder Id: ${root.certificate.authority.toUpperCase()}`))
        const revoked = await check({ at: now - 60, reason: 'superseded' })
        assert.match(revoked, /Response verify OK/)
        assert.match(revoked, /: revoked\n[^]*Reason: superseded/)
        assert.doesNotMatch(await check({ at: now - 60, reason: 'unspecified' }), /Reason:/)
      }
    })
  })
}

describe('what an authority may not do is found out', () => {
  it('by openssl, when there is one more below it than its path length allows', withOpenssl, async () => {
    const root = await rootOf({ type: 'EC', curve: 'P-256' }, { pathLength: 0 })
    const made = await issue(root, propertiesOf('CN=Below', { ...AUTHORITY, ca: {} }))
    const leaf = await issue(authorityOf(made.der, made.key), propertiesOf('CN=leaf'))
    const how = ['-CAfile', root.path, '-untrusted', made.path, leaf.path]
    assert.throws(() => folder.run('verify', ...how), /path length constraint exceeded/)
  })

  it('by openssl, when it refuses to answer', withOpenssl, () => {
    for (const [reason, said] of [['unauthorized', /unauthorized \(6\)/], ['malformedRequest', /malformedrequest \(1\)/]] as const) {
      const path = folder.file(reason, ocspRefusal(reason))
      assert.throws(() => folder.run('ocsp', '-respin', path, '-noverify'), said)
    }
  })
})

describe('an authority from elsewhere', () => {
  it('is named in what it issues as it names itself, octet by octet', withOpenssl, async () => {
    // Names of many forms; a key identifier of its own making.
    const config = folder.file(
      'names.cnf',
      '[req]\ndistinguished_name=dn\nstring_mask=default\nprompt=no\nx509_extensions=ext\n' +
        '[dn]\nC=DE\nO=Example Ltd\nCN=Télé\nx.2.5.4.97=VATDE-123\nemailAddress=ca@example.com\n' +
        '[ext]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=0102030405\n',
    )
    const keyPath = folder.path('names.key')
    const path = folder.path('names.pem')
    const how = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30']
    folder.run('req', '-x509', '-config', config, ...how, '-keyout', keyPath, '-out', path)
    const x509 = new X509Certificate(readFileSync(path))
    const { publicKey } = await provider.create({ type: 'EC', curve: 'P-256' })
    const certificate = readAuthorityCertificate(x509.raw)
    assert.ok(certificate !== undefined && publicKey !== undefined)
    assert.deepEqual(certificate.ca, {})
    assert.deepEqual(certificate.keyUsage, ['keyCertSign'])
    assert.equal(Buffer.from(certificate.keyId).toString('hex'), '0102030405')
    const key = handleOf(await provider.create({ type: 'EC', curve: 'P-256' }))
    const signer = { name: certificate.subject, keyId: certificate.keyId, key }
    const properties = propertiesOf('CN=leaf')
    const { der } = await signedCertificate(provider, { properties, publicKey, signer, ...dates })
    const leaf = pem('named', der)
    const hash = (which: string, of: string): string => folder.run('x509', '-in', of, '-noout', which)
    assert.equal(hash('-issuer_hash', leaf), hash('-subject_hash', path))
    const names = [new X509Certificate(der).issuer, x509.subject]
    assert.equal(names[0], names[1])
    assert.ok(Buffer.from(der).includes(subjectOf(x509.raw)), 'the name was written anew')
    assert.match(folder.run('x509', '-in', leaf, '-noout', '-text'), /Authority Key Identifier: \n\s+01:02:03:04:05/)
  })

  it('is not seen in what is none', () => {
    assert.equal(readAuthorityCertificate(new Uint8Array(0)), undefined)
  })
})

/** The name as it stands in a self-signed certificate: twice, with the dates between. */
function subjectOf(der: Buffer): Buffer {
  for (let at = 0; at < der.byteLength; at++) {
    if (der[at] !== 0x30 || der[at + 2] !== 0x31) continue
    const name = der.subarray(at, at + 2 + (der[at + 1] ?? 0))
    if (name.byteLength > 40 && der.indexOf(name, at + 1) > 0) return name
  }
  throw new Error('no name in it')
}
