import assert from 'node:assert/strict'
import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { OpensslFolder, withOpenssl } from '../../testing/openssl-folder.ts'
import { selfSignedCertificate } from '../../testing/self-signed-certificate.ts'
import { readPkcs12, writeOlderPkcs12 } from './index.ts'

const password = 'Corr~ct!@#$%^&*?_-horse'

interface Pair {
  readonly key: KeyObject
  /** DER. */
  readonly certificate: Uint8Array
  readonly privateKey: Buffer
}

function pair(): Pair {
  const made = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const privateKey = made.privateKey.export({ type: 'pkcs8', format: 'der' })
  return { key: made.privateKey, certificate: selfSignedCertificate(made), privateKey }
}

describe('a PKCS #12 file for older programs', () => {
  const folder = new OpensslFolder()
  after(() => folder.remove())

  it('is opened again by its password alone', async () => {
    const { key, certificate, privateKey } = pair()
    const file = await writeOlderPkcs12({ privateKey, certificate, password })
    const read = await readPkcs12(file, password)
    assert.deepEqual(Buffer.from(read?.privateKey ?? []), privateKey)
    assert.deepEqual(read?.certificates.map((der) => Buffer.from(der)), [Buffer.from(certificate)])
    assert.ok(new X509Certificate(certificate).checkPrivateKey(key))
    for (const wrong of ['', `${password}!`]) {
      assert.equal(await readPkcs12(file, wrong), undefined)
    }
  })

  it('has the certificate first, 3DES over both, and a MAC of SHA-1', withOpenssl, async () => {
    const { key, certificate, privateKey } = pair()
    const der = await writeOlderPkcs12({ privateKey, certificate, password })
    const file = folder.file('client.p12', der)
    const options = ['-in', file, '-passin', `pass:${password}`, '-nodes', '-info']
    const shown = folder.run('pkcs12', ...options)
    assert.match(shown, /MAC: sha1, Iteration 1\n/)
    const bags = shown.match(/(?:PKCS7 Encrypted data|Shrouded Keybag): (.+)/g)
    const pbe = 'pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048'
    assert.deepEqual(bags, [`PKCS7 Encrypted data: ${pbe}`, `Shrouded Keybag: ${pbe}`])
    assert.equal(shown.match(/localKeyID: (.+)/g)?.length, 2)
    const [pem = ''] = /-----BEGIN PRIVATE KEY[^]+END PRIVATE KEY-----/.exec(shown) ?? []
    assert.ok(createPrivateKey(pem).equals(key))
  })

  it('has no password with a zero inside, and nothing that is no key', async () => {
    const { certificate, privateKey } = pair()
    const content = { privateKey, certificate, password: 'a\0b' }
    await assert.rejects(writeOlderPkcs12(content), TypeError)
    const broken = { privateKey: new Uint8Array(3), certificate, password }
    await assert.rejects(writeOlderPkcs12(broken), /OpenSSL failed/)
  })
})
