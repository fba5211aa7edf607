import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { DefaultAzureCredential } from '@azure/identity'
import {
  CryptographyClient,
  type DecryptParameters,
  type EncryptParameters,
  type EncryptResult,
  KeyClient,
  type KeyVaultKey,
  type KeyWrapAlgorithm,
} from '@azure/keyvault-keys'
import {
  type CipherCase,
  ENCRYPTION_CASES,
  SIGNATURE_CASES,
  WRAP_CASES,
} from './key-algorithms.ts'
import { localKey, localKeys, publicKeyOf, vaultJwk } from './local-keys.ts'
import {
  additionalData,
  type Encrypted,
  nodeDecrypt,
  nodeEncrypt,
  nodeSign,
  nodeVerify,
  signatureInput,
} from './node-crypto.ts'
import { refused } from './refused.ts'
import { step, variable } from './step.ts'

// Every algorithm with the official client, each in both directions: what the vault does, node:crypto
// undoes with the public key that the vault shows, and the other way round with the private one.

const credential = new DefaultAzureCredential()
const client = new KeyClient(variable('AZURE_KEYVAULT_URL'), credential)
const prefix = `js-crypto-${process.versions.node.split('.')[0]}`
const canary = Buffer.from(variable('CANARY'))
/** Whole blocks of every cipher, within one block of every RSA key. */
const plaintext = Buffer.concat([canary, Buffer.alloc(48 - (canary.length % 48), '.')])
const locals = localKeys()
const imported = new Map<string, KeyVaultKey>()
const cryptos = new Map<string, CryptographyClient>()

for (const [name, { jwk }] of locals) {
  await step(`imports ${name}`, async () => {
    const kept = await client.importKey(`${prefix}-${name}`, vaultJwk(jwk))
    imported.set(name, kept)
    if (jwk.kty === 'oct') return
    const shown = publicKeyOf(kept).export({ format: 'jwk' })
    const { kty, crv, n, e, x, y } = jwk
    assert.deepEqual(shown, JSON.parse(JSON.stringify({ kty, crv, n, e, x, y })))
  })
}

function inVault(name: string): KeyVaultKey {
  const key = imported.get(name)
  assert.ok(key, `${name} was not imported`)
  return key
}

/**
 * One client for each key: without the right to read a key, each new one is refused its first
 * question, and who is refused often is made to wait.
 */
function byId(name: string): CryptographyClient {
  const known = cryptos.get(name)
  if (known !== undefined) return known
  const { id } = inVault(name)
  assert.ok(id)
  const made = new CryptographyClient(id, credential)
  cryptos.set(name, made)
  return made
}

for (const one of SIGNATURE_CASES) {
  for (const name of one.keys) {
    const digest = signatureInput(one, canary)
    const { own, jwk } = localKey(locals, name)
    await step(`${one.algorithm} with ${name}: node verifies what the vault signs`, async () => {
      const signed = await byId(name).sign(one.algorithm, digest)
      const key = jwk.kty === 'oct' ? own : publicKeyOf(inVault(name))
      assert.ok(nodeVerify(one, key, canary, Buffer.from(signed.result)))
    })
    await step(`${one.algorithm} with ${name}: the vault verifies what node signs`, async () => {
      const signature = nodeSign(one, own, canary)
      const crypto = byId(name)
      assert.equal((await crypto.verify(one.algorithm, digest, signature)).result, true)
      signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1
      assert.equal((await crypto.verify(one.algorithm, digest, signature)).result, false)
    })
  }
}

/** The client's typed parameters, of which there is one interface for each family. */
function toEncrypt(one: CipherCase): EncryptParameters {
  const aad = additionalData(one)
  return {
    algorithm: one.algorithm,
    plaintext,
    ...(aad === undefined ? {} : { additionalAuthenticatedData: aad }),
    ...(one.scheme.startsWith('CBC') ? { iv: randomBytes(16) } : {}),
    // The names of the table are those of the three families.
  } as EncryptParameters
}

function toDecrypt({ algorithm }: CipherCase, encrypted: Encrypted): DecryptParameters {
  const { ciphertext, iv, tag, aad } = encrypted
  return {
    algorithm,
    ciphertext,
    ...(iv === undefined ? {} : { iv }),
    ...(tag === undefined ? {} : { authenticationTag: tag }),
    ...(aad === undefined ? {} : { additionalAuthenticatedData: aad }),
    // As above.
  } as DecryptParameters
}

function encryptedBy(result: EncryptResult): Encrypted {
  const { iv, authenticationTag: tag, additionalAuthenticatedData: aad } = result
  return {
    ciphertext: Buffer.from(result.result),
    ...(iv === undefined ? {} : { iv: Buffer.from(iv) }),
    ...(tag === undefined ? {} : { tag: Buffer.from(tag) }),
    ...(aad === undefined ? {} : { aad: Buffer.from(aad) }),
  }
}

for (const one of ENCRYPTION_CASES) {
  for (const name of one.keys) {
    const { own, jwk } = localKey(locals, name)
    // The client encrypts RSA1_5 and RSA-OAEP itself; the suite asks the vault without it.
    await step(`${one.algorithm} with ${name}: node decrypts what is encrypted`, async () => {
      const encrypted = encryptedBy(await byId(name).encrypt(toEncrypt(one)))
      assert.ok(nodeDecrypt(one, own, encrypted).equals(plaintext))
    })
    await step(`${one.algorithm} with ${name}: the vault decrypts what node encrypts`, async () => {
      const key = jwk.kty === 'oct' ? own : publicKeyOf(inVault(name))
      const encrypted = nodeEncrypt(one, key, plaintext)
      const decrypted = await byId(name).decrypt(toDecrypt(one, encrypted))
      assert.ok(Buffer.from(decrypted.result).equals(plaintext))
    })
  }
}

for (const one of WRAP_CASES) {
  // The table has the client's own names.
  const algorithm = one.algorithm as KeyWrapAlgorithm
  for (const name of one.keys) {
    const { own, jwk } = localKey(locals, name)
    await step(`${algorithm} with ${name}: node unwraps what is wrapped`, async () => {
      const { result } = await byId(name).wrapKey(algorithm, plaintext)
      assert.ok(nodeDecrypt(one, own, { ciphertext: Buffer.from(result) }).equals(plaintext))
    })
    await step(`${algorithm} with ${name}: the vault unwraps what node wraps`, async () => {
      const key = jwk.kty === 'oct' ? own : publicKeyOf(inVault(name))
      const { ciphertext } = nodeEncrypt(one, key, plaintext)
      const { result } = await byId(name).unwrapKey(algorithm, ciphertext)
      assert.ok(Buffer.from(result).equals(plaintext))
    })
  }
}

await step('signs and verifies data, which the client hashes', async () => {
  for (const [algorithm, name] of [['RS256', 'RSA-2048'], ['ES384', 'EC-P-384']] as const) {
    const crypto = byId(name)
    const { result } = await crypto.signData(algorithm, canary)
    assert.equal((await crypto.verifyData(algorithm, canary, result)).result, true)
    assert.equal((await crypto.verifyData(algorithm, randomBytes(43), result)).result, false)
  }
})

await step('uses the newest version when none is named', async () => {
  const name = `${prefix}-unversioned`
  await client.createEcKey(name, { curve: 'P-256' })
  const newest = await client.createEcKey(name, { curve: 'P-256' })
  const digest = createHash('sha256').update(canary).digest()
  const { result } = await client.getCryptographyClient(name).sign('ES256', digest)
  const [es256] = SIGNATURE_CASES.filter(({ algorithm }) => algorithm === 'ES256')
  assert.ok(es256)
  assert.ok(nodeVerify(es256, publicKeyOf(newest), canary, Buffer.from(result)))
})

await step('refuses what was tampered with', async () => {
  const gcm = { algorithm: 'A256GCM', plaintext } as const
  const sealed = await byId('oct-256').encrypt(gcm)
  const ciphertext = Buffer.from(sealed.result)
  ciphertext[0] = (ciphertext[0] ?? 0) ^ 1
  assert.ok(sealed.iv && sealed.authenticationTag)
  const { iv, authenticationTag } = sealed
  const opened = { algorithm: 'A256GCM', ciphertext, iv, authenticationTag } as const
  await refused(byId('oct-256').decrypt(opened), 400, 'BadParameter')
  const wrapped = Buffer.from((await byId('oct-128').wrapKey('A128KW', plaintext)).result)
  wrapped[0] = (wrapped[0] ?? 0) ^ 1
  await refused(byId('oct-128').unwrapKey('A128KW', wrapped), 400, 'BadParameter')
  const oaep = byId('RSA-2048').decrypt('RSA-OAEP-256', randomBytes(256))
  await refused(oaep, 400, 'BadParameter')
})

await step('refuses an algorithm that is not for the key, and a digest of a wrong length', async () => {
  await refused(byId('EC-P-256').sign('ES384', randomBytes(48)), 400, 'BadParameter')
  await refused(byId('RSA-2048').sign('ES256', randomBytes(32)), 400, 'BadParameter')
  await refused(byId('RSA-2048').sign('RS256', randomBytes(31)), 400, 'BadParameter')
  await refused(byId('oct-128').wrapKey('A256KW', plaintext), 400, 'BadParameter')
  await refused(byId('oct-256').sign('HS384', plaintext), 400, 'BadParameter')
})

console.log('done')
