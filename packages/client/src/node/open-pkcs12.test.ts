import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, hash } from 'node:crypto'
import { describe, it } from 'node:test'
import { openClientKey } from '../alibaba/instance/client-key.ts'
import { CredentialUnavailableError } from '../core/errors.ts'
import { CLIENT_KEY_PASSWORD, CLIENT_KEY_PKCS12 } from '../testing/client-key-pkcs12.ts'
import { nodePlatform } from './node-platform.ts'
import { openPkcs12 } from './open-pkcs12.ts'

const pkcs12 = Buffer.from(CLIENT_KEY_PKCS12, 'base64')

describe('the file of a client key', () => {
  it('gives its private key on this OpenSSL, which does not know RC2', async () => {
    const key = Buffer.from(await openPkcs12(pkcs12, CLIENT_KEY_PASSWORD))
    const opened = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
    const spki = createPublicKey(opened).export({ format: 'der', type: 'spki' })
    const expected = '754c45892dd937a95d9e813a9b892f0b331be999cf592dde83cff347b7ca732c'
    assert.equal(hash('sha256', spki, 'hex'), expected)
  })

  it('signs, by its content', async () => {
    const clientKeyContent = JSON.stringify({ KeyId: 'KAAP.x', PrivateKeyData: CLIENT_KEY_PKCS12 })
    const file = { endpoint: 'e', clientKeyContent, password: CLIENT_KEY_PASSWORD }
    const { keyId, sign } = await openClientKey(file, nodePlatform)
    assert.equal(keyId, 'KAAP.x')
    assert.equal(Buffer.from(await sign('text'), 'base64').length, 256)
  })

  it('does not open with another password, of which nothing is told', async () => {
    for (const password of ['canary-password', '', `${CLIENT_KEY_PASSWORD} `]) {
      await assert.rejects(openPkcs12(pkcs12, password), (error) => {
        assert.ok(error instanceof CredentialUnavailableError)
        assert.doesNotMatch(`${error.stack}${String(error.cause)}`, /canary/)
        return true
      })
    }
  })

  it('is refused by name when it is something else, wherever it was cut or changed', async () => {
    const others = [
      new Uint8Array(),
      Buffer.from('-----BEGIN PRIVATE KEY-----'),
      Buffer.from('3003020103', 'hex'),
      Buffer.from('30800000', 'hex'),
      ...[1, 40, 900, 1300, 2200].map((length) => pkcs12.subarray(0, length)),
      ...[0, 3, 12, 30].map((at) => pkcs12.with(at, 0xff)),
    ]
    for (const other of others) {
      await assert.rejects(openPkcs12(other, CLIENT_KEY_PASSWORD), CredentialUnavailableError)
    }
  })
})
