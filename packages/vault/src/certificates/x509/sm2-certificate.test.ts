import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate } from '@peculiar/asn1-x509'
import { pemOf } from '../../crypto/pem-of.ts'
import type { KeyHandle } from '../../crypto/provider.ts'
import { sm2Digest } from '../../crypto/sm2-digest.ts'
import { joinedFromAnyDer } from '../../crypto/software/ecdsa-signature.ts'
import { SoftwareProvider } from '../../crypto/software/software-provider.ts'
import { Secret } from '../../seal/secret.ts'
import { OpensslFolder, withOpenssl } from '../../testing/openssl-folder.ts'
import type { X509Properties } from '../certificate-policy.ts'
import {
  certificateRequest,
  readCertificate,
  selfSignedCertificate,
  subjectKeyIdentifier,
  writePkcs12,
} from './index.ts'

const SPEC = { type: 'EC', curve: 'SM2' } as const
/** Who signs, as tools of the field have it. */
const SIGNER = 'distid:1234567812345678'

const properties: X509Properties = {
  subject: 'C=CN, O=Example, CN=example.com',
  alternativeNames: { dnsNames: ['example.com'] },
  ekus: [],
  keyUsage: ['digitalSignature'],
  validityMonths: 12,
}

describe('a key on SM2', withOpenssl, () => {
  const folder = new OpensslFolder()
  let provider: SoftwareProvider
  let key: KeyHandle

  before(async () => {
    provider = await SoftwareProvider.open()
    const { publicKey, material } = await provider.create(SPEC)
    assert.ok(publicKey !== undefined)
    const load = async (): Promise<Secret> => new Secret(Uint8Array.from(material.reveal()))
    key = { id: 'sm2', spec: SPEC, publicKey, load }
  })
  after(() => {
    provider.close()
    folder.remove()
  })

  const certificate = async (): Promise<Uint8Array> => {
    const notBefore = Math.floor(Date.now() / 1000) - 600
    const validity = { notBefore, notAfter: notBefore + 365 * 86_400 }
    return await selfSignedCertificate(provider, { properties, key, ...validity })
  }

  it('signs a request that openssl verifies', async () => {
    const der = await certificateRequest(provider, { properties, key })
    const file = folder.file('request.pem', pemOf('CERTIFICATE REQUEST', der))
    const verify = ['req', '-verify', '-noout', '-in', file, '-vfyopt']
    assert.match(folder.run(...verify, SIGNER), /verify OK/i)
    assert.match(folder.run('req', '-noout', '-text', '-in', file), /SM2-with-SM3/)
  })

  it('signs its own certificate, by the digest of GB/T 32918', async () => {
    const der = await certificate()
    const file = folder.file('own.pem', pemOf('CERTIFICATE', der))
    const { tbsCertificate, signatureValue } = AsnConvert.parse(Uint8Array.from(der), Certificate)
    const signed = new Uint8Array(AsnConvert.serialize(tbsCertificate))
    const { publicKey } = key
    assert.ok(publicKey?.kty === 'EC' && publicKey.crv === 'SM2')
    const signature = joinedFromAnyDer(new Uint8Array(signatureValue), 32)
    assert.ok(signature !== undefined)
    const digest = sm2Digest(publicKey, signed)
    assert.ok(await provider.verify(key, 'SM2-SM3', digest, signature))
    const read = readCertificate(der)
    assert.equal(read?.x509.subject, 'C=CN\nO=Example\nCN=example.com')
    const shown = folder.run('x509', '-noout', '-ext', 'subjectKeyIdentifier', '-in', file)
    const identifier = Buffer.from(subjectKeyIdentifier(der)).toString('hex').toUpperCase()
    assert.ok(shown.replaceAll(':', '').includes(identifier))
  })

  it('leaves in a PKCS #12 file with its certificate', async () => {
    const leaf = await certificate()
    const privateKey = (await provider.exportPrivateKey(key)).reveal()
    const file = folder.file('key.p12', await writePkcs12({ privateKey, leaf, others: [] }))
    const pem = folder.run('pkcs12', '-in', file, '-nodes', '-passin', 'pass:')
    assert.match(pem, /BEGIN PRIVATE KEY/)
    assert.equal(new X509Certificate(pem).fingerprint256, new X509Certificate(leaf).fingerprint256)
  })
})
