import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UnexpectedAnswerError } from '../core/errors.ts'
import { collect } from '../testing/collect.ts'
import { json } from '../testing/fake-fetch.ts'
import { FakeCredential, fakeVault, VAULT_URL } from '../testing/fake-vault.ts'
import { CertificateClient } from './certificate-client.ts'
import { CryptographyClient } from './cryptography-client.ts'
import { KeyClient } from './key-client.ts'
import { SecretClient } from './secret-client.ts'

const bytes = new Uint8Array(32)

interface Clients {
  readonly secrets: SecretClient
  readonly keys: KeyClient
  readonly certificates: CertificateClient
  readonly key: CryptographyClient
}

function clients(answer: unknown): Clients {
  const { fetch } = fakeVault(() => json(200, answer))
  const given = [VAULT_URL, new FakeCredential(), { fetch }] as const
  return {
    secrets: new SecretClient(...given),
    keys: new KeyClient(...given),
    certificates: new CertificateClient(...given),
    key: new CryptographyClient(`${VAULT_URL}/keys/k/v`, given[1], given[2]),
  }
}

const id = (collection: string): string => `${VAULT_URL}/${collection}/x/v`
const calls: readonly (readonly [unknown, (clients: Clients) => Promise<unknown>])[] = [
  [null, ({ secrets }) => secrets.getSecret('x')],
  [{}, ({ secrets }) => secrets.getSecret('x')],
  [{ id: id('secrets'), attributes: null }, ({ secrets }) => secrets.getSecret('x')],
  [{ value: null }, ({ secrets }) => secrets.backupSecret('x')],
  [{ value: 7 }, ({ secrets }) => collect(secrets.listPropertiesOfSecrets())],
  [{ value: [null] }, ({ secrets }) => collect(secrets.listPropertiesOfSecrets())],
  [{ key: { kid: id('keys'), kty: 'RSA', n: '!!' } }, ({ keys }) => keys.getKey('x')],
  [{ key: null }, ({ keys }) => keys.rotateKey('x')],
  [{ value: null }, ({ keys }) => keys.backupKey('x')],
  [{ lifetimeActions: [{}] }, ({ keys }) => keys.getKeyRotationPolicy('x')],
  [{ id: id('certificates'), cer: '!!' }, ({ certificates }) => certificates.getCertificate('x')],
  [{ key_props: null }, ({ certificates }) => certificates.getCertificatePolicy('x')],
  [{ issuer: null }, ({ certificates }) => certificates.getCertificateOperation('x')],
  [{ value: null }, ({ certificates }) => certificates.backupCertificate('x')],
  [{ value: '!!' }, ({ key }) => key.sign('RS256', bytes)],
  [{}, ({ key }) => key.decrypt('RSA-OAEP', bytes)],
  [{ value: 'no' }, ({ key }) => key.verify('RS256', bytes, bytes)],
]

describe('an answer that is not what was asked for', () => {
  for (const [answer, call] of calls) {
    it(`${JSON.stringify(answer)} is an UnexpectedAnswerError to ${call.toString()}`, async () => {
      await assert.rejects(call(clients(answer)), UnexpectedAnswerError)
    })
  }
})
