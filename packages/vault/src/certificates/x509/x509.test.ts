import assert from 'node:assert/strict'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { connect, createServer } from 'node:tls'
import type { KeySpec } from '../../crypto/key-spec.ts'
import { pemOf } from '../../crypto/pem-of.ts'
import type { KeyHandle, NewKey } from '../../crypto/provider.ts'
import { SoftwareProvider } from '../../crypto/software/software-provider.ts'
import { Secret } from '../../seal/secret.ts'
import { OpensslFolder, withOpenssl } from '../../testing/openssl-folder.ts'
import type { X509Properties } from '../certificate-policy.ts'
import {
  certificateRequest,
  propertiesOf,
  readCertificate,
  readPkcs12,
  selfSignedCertificate,
  writePkcs12,
} from './index.ts'

const SPECS: readonly KeySpec[] = [
  { type: 'RSA', bits: 2048, publicExponent: 65_537 },
  { type: 'EC', curve: 'P-256' },
  { type: 'EC', curve: 'P-384' },
  { type: 'EC', curve: 'P-521' },
  { type: 'EC', curve: 'secp256k1' },
]

const properties: X509Properties = {
  subject: 'CN=example.com, O=Example\\, Ltd, C=DE',
  alternativeNames: {
    dnsNames: ['localhost', '*.example.com'],
    emails: ['a@example.com'],
    upns: ['jürgen@example.com'],
    uris: ['https://example.com/a'],
    ipAddresses: ['192.0.2.1', '2001:db8::1'],
  },
  ekus: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
  keyUsage: ['digitalSignature', 'keyEncipherment'],
  validityMonths: 12,
}

const folder = new OpensslFolder()
after(() => folder.remove())

let provider: SoftwareProvider
before(async () => {
  provider = await SoftwareProvider.open()
})
after(() => provider.close())

async function make(spec: KeySpec): Promise<{ readonly key: KeyHandle; readonly made: NewKey; readonly der: Uint8Array }> {
  const made = await provider.create(spec)
  const { publicKey, material } = made
  assert.ok(publicKey !== undefined)
  const id = JSON.stringify(publicKey)
  const load = async (): Promise<Secret> => new Secret(Uint8Array.from(material.reveal()))
  const key: KeyHandle = { id, spec, publicKey, load }
  const notBefore = Math.floor(Date.now() / 1000) - 600
  const notAfter = notBefore + 365 * 86_400
  const der = await selfSignedCertificate(provider, { properties, key, notBefore, notAfter })
  return { key, made, der }
}

for (const spec of SPECS) {
  const name = spec.type === 'RSA' ? 'RSA 2048' : `EC ${'curve' in spec ? spec.curve : ''}`

  describe(`with a key of ${name}`, () => {
    it('a self-signed certificate is whole and signed by its own key', async () => {
      const { der, made } = await make(spec)
      const x509 = new X509Certificate(der)
      assert.ok(x509.verify(x509.publicKey))
      const key = createPrivateKey({ key: Buffer.from(made.material.reveal()), format: 'der', type: 'pkcs8' })
      assert.ok(x509.checkPrivateKey(key))
      assert.equal(x509.subject, 'CN=example.com\nO=Example\\, Ltd\nC=DE')
      assert.equal(x509.issuer, x509.subject)
      assert.equal(x509.serialNumber.length, 40)
      assert.match(x509.serialNumber, /^[4-7]/)
      assert.equal(x509.ca, false)
      assert.equal(
        x509.subjectAltName,
        'DNS:localhost, DNS:*.example.com, email:a@example.com, ' +
          'othername:UPN:jürgen@example.com, URI:https://example.com/a, ' +
          'IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:0:1',
      )
    })

    it('openssl verifies the certificate, its identifiers and the request', withOpenssl, async () => {
      const { der, key } = await make(spec)
      const path = folder.file(`${name}.pem`, pemOf('CERTIFICATE', der))
      assert.match(folder.run('verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', path, path), /OK/)
      const text = folder.run('x509', '-in', path, '-noout', '-text')
      const [, subjectId] = /Subject Key Identifier: \n\s+([0-9A-F:]{59})/.exec(text) ?? []
      const [, authorityId] = /Authority Key Identifier: \n\s+(?:keyid:)?([0-9A-F:]{59})/.exec(text) ?? []
      assert.equal(subjectId, authorityId)
      assert.ok(subjectId !== undefined)
      assert.match(text, /Key Usage: critical\n\s+Digital Signature, Key Encipherment\n/)
      assert.match(text, /Basic Constraints: critical\n\s+CA:FALSE/)
      const request = await certificateRequest(provider, { properties, key })
      const asked = folder.file(`${name}.csr`, pemOf('CERTIFICATE REQUEST', request))
      const said = folder.run('req', '-in', asked, '-noout', '-text', '-verify')
      assert.match(said, /DNS:\*\.example\.com/)
      assert.match(said, /Key Usage: critical/)
    })

    it('what is read of the certificate is what it was made from', async () => {
      const { der } = await make(spec)
      const read = readCertificate(der)
      assert.ok(read !== undefined)
      assert.deepEqual(propertiesOf(read), properties)
    })

    it('a PKCS #12 file is read again, and by openssl', withOpenssl, async () => {
      const { der, made } = await make(spec)
      const other = await make({ type: 'EC', curve: 'P-256' })
      const privateKey = made.material.reveal()
      const pfx = await writePkcs12({ privateKey, leaf: der, others: [other.der] })
      const read = await readPkcs12(pfx, '')
      assert.ok(read?.privateKey !== undefined)
      assert.ok(Buffer.from(read.privateKey).equals(privateKey))
      assert.deepEqual(read.certificates.map((one) => Buffer.from(one).toString('hex')), [der, other.der].map((one) => Buffer.from(one).toString('hex')))
      const path = folder.file(`${name}.pfx`, pfx)
      const text = folder.run('pkcs12', '-in', path, '-passin', 'pass:', '-nodes')
      assert.ok(new X509Certificate(der).checkPrivateKey(createPrivateKey(text)))
    })
  })
}

it('a TLS server of Node runs on a certificate, and a client that trusts it is content', async () => {
  for (const spec of SPECS.slice(0, 3)) {
    const { der, made } = await make(spec)
    const cert = pemOf('CERTIFICATE', der)
    const server = createServer({ cert, key: pemOf('PRIVATE KEY', made.material.reveal()) }, (socket) => socket.end('hello'))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const client = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: cert })
    await once(client, 'secureConnect')
    assert.equal(client.authorized, true)
    client.destroy()
    server.close()
    await once(server, 'close')
  }
})

it('a certificate without a key is written and read', async () => {
  const { der } = await make({ type: 'EC', curve: 'P-256' })
  const read = await readPkcs12(await writePkcs12({ leaf: der, others: [] }), '')
  assert.equal(read?.privateKey, undefined)
  assert.deepEqual(read?.certificates.map((one) => Buffer.from(one)), [Buffer.from(der)])
})
