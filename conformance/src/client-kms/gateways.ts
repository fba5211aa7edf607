import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { rootCertificates } from 'node:tls'
import {
  ConflictError,
  ConnectionError,
  CredentialUnavailableError,
  KmsClient,
  ResourceNotFoundError,
  TimeoutError,
  type EncryptionContext,
  type KmsInstanceAction,
  type KmsResponse,
  type KmsRuntimeOptions,
} from '@claviger/client/alibaba'
import { nodePlatform } from '@claviger/client/node'
import { verifies } from '../programs/alibaba/node-checks.ts'
import { step, variable } from '../programs/step.ts'
import { caFile, config, kms, kmsConfig } from './clients.ts'

// Every way to say which gateway answers, as the program of the vendor's Python client has it:
// after each call what came back tells which one it was.

const CANARY = variable('CANARY')
const own = randomBytes(4).toString('hex')
const DIGEST = createHash('sha256').update(CANARY).digest('base64')

type Gateway = 'shared' | 'instance'

const sharedOnly = new KmsClient({ config })

async function createKey(request: Parameters<KmsClient['createKey']>[0] = {}): Promise<string> {
  const { body } = await sharedOnly.createKey({ DKMSInstanceId: 'kst-default', ...request })
  return body.keyMetadata.keyId
}

async function onlyVersion(keyId: string): Promise<string> {
  const { body } = await sharedOnly.listKeyVersions({ keyId })
  const [first] = body.keyVersions.keyVersion
  assert.ok(first)
  return first.keyVersionId
}

const cipher = await createKey()
const signing = await createKey({ keySpec: 'RSA_2048', keyUsage: 'SIGN/VERIFY' })
const wrapping = await createKey({ keySpec: 'RSA_2048', keyUsage: 'ENCRYPT/DECRYPT' })
const signingVersion = await onlyVersion(signing)
const wrappingVersion = await onlyVersion(wrapping)
const secretName = `client/${own}`
const secret = { secretName, versionId: 'v1', secretData: CANARY }
await sharedOnly.createSecret({ ...secret, DKMSInstanceId: 'kst-default' })

/** A client with options, that checks where each of its calls went. */
class Asking {
  readonly client: KmsClient
  readonly goesTo: (action: KmsInstanceAction) => Gateway
  readonly runtime: KmsRuntimeOptions

  constructor(
    client: KmsClient,
    goesTo: Gateway | ((action: KmsInstanceAction) => Gateway),
    runtime: KmsRuntimeOptions = {},
  ) {
    this.client = client
    this.goesTo = typeof goesTo === 'string' ? () => goesTo : goesTo
    this.runtime = runtime
  }

  async went<Body>(action: KmsInstanceAction, call: Promise<KmsResponse<Body>>): Promise<Body> {
    const { headers, body, statusCode } = await call
    assert.equal(statusCode, 200)
    const gateway = headers['content-type'] === 'application/x-protobuf' ? 'instance' : 'shared'
    assert.equal(gateway, this.goesTo(action), `${action} went to the ${gateway} gateway`)
    return body
  }

  async encrypt(plaintext: string, context?: EncryptionContext): Promise<string> {
    const bound = context === undefined ? {} : { encryptionContext: context }
    const call = this.client.encrypt({ keyId: cipher, plaintext, ...bound }, this.runtime)
    const body = await this.went('Encrypt', call)
    assert.equal(body.keyId, cipher)
    assert.equal(octets(body.ciphertextBlob).subarray(0, 36).toString(), body.keyVersionId)
    return body.ciphertextBlob
  }

  async decrypt(ciphertextBlob: string, context?: EncryptionContext): Promise<string> {
    const bound = context === undefined ? {} : { encryptionContext: context }
    const call = this.client.decrypt({ ciphertextBlob, ...bound }, this.runtime)
    const body = await this.went('Decrypt', call)
    assert.equal(octets(ciphertextBlob).subarray(0, 36).toString(), body.keyVersionId)
    return body.plaintext
  }
}

function octets(base64: string): Buffer {
  return Buffer.from(base64, 'base64')
}

async function useEverything(asking: Asking): Promise<void> {
  const context = { b: '2', a: '1' }
  const blob = await asking.encrypt(CANARY, context)
  assert.equal(octets(blob).length, 64 + CANARY.length)
  assert.equal(await asking.decrypt(blob, context), CANARY)
  assert.equal(await asking.decrypt(blob, '{"a":"1","b":"2"}'), CANARY)
  await assert.rejects(asking.decrypt(blob, { a: '1' }), { code: 'InvalidParameter', status: 400 })
  await assert.rejects(asking.decrypt(blob), { code: 'InvalidParameter', status: 400 })
  await useDataKeys(asking)
  await sign(asking)
  await wrap(asking)
  const read = asking.client.getSecretValue({ secretName }, asking.runtime)
  const value = await asking.went('GetSecretValue', read)
  assert.deepEqual([value.secretData, value.versionId], [CANARY, 'v1'])
  assert.deepEqual(value.versionStages.versionStage, ['ACSCurrent'])
}

async function useDataKeys(asking: Asking): Promise<void> {
  const { client, runtime } = asking
  const context = { of: 'data keys' }
  const request = { keyId: cipher, keySpec: 'AES_128', encryptionContext: context } as const
  const made = await asking.went('GenerateDataKey', client.generateDataKey(request, runtime))
  assert.equal(octets(made.plaintext).length, 16)
  assert.equal(await asking.decrypt(made.ciphertextBlob, context), made.plaintext)
  const long = { keyId: cipher, numberOfBytes: 48 }
  const call = client.generateDataKeyWithoutPlaintext(long, runtime)
  const sealed = await asking.went('GenerateDataKeyWithoutPlaintext', call)
  assert.equal(octets(await asking.decrypt(sealed.ciphertextBlob)).length, 48)
}

async function sign(asking: Asking): Promise<void> {
  const { client, runtime } = asking
  const key = { keyId: signing, keyVersionId: signingVersion }
  const asked = { ...key, algorithm: 'RSA_PKCS1_SHA_256', digest: DIGEST } as const
  const signed = await asking.went('AsymmetricSign', client.asymmetricSign(asked, runtime))
  assert.equal(signed.keyVersionId, signingVersion)
  const { publicKey } = await asking.went('GetPublicKey', client.getPublicKey(key, runtime))
  const message = Buffer.from(CANARY)
  assert.ok(verifies(publicKey, 'RSA_PKCS1_SHA_256', message, octets(signed.value)))
  const check = async (digest: string): Promise<boolean> => {
    const request = { ...asked, digest, value: signed.value }
    const call = client.asymmetricVerify(request, runtime)
    return (await asking.went('AsymmetricVerify', call)).value
  }
  assert.equal(await check(DIGEST), true)
  assert.equal(await check(Buffer.alloc(32).toString('base64')), false)
}

async function wrap(asking: Asking): Promise<void> {
  const { client, runtime } = asking
  const key = { keyId: wrapping, keyVersionId: wrappingVersion }
  const asked = { ...key, algorithm: 'RSAES_OAEP_SHA_256' } as const
  const plaintext = Buffer.from(CANARY).toString('base64')
  const encrypting = client.asymmetricEncrypt({ ...asked, plaintext }, runtime)
  const { ciphertextBlob } = await asking.went('AsymmetricEncrypt', encrypting)
  const decrypting = client.asymmetricDecrypt({ ...asked, ciphertextBlob }, runtime)
  const opened = await asking.went('AsymmetricDecrypt', decrypting)
  assert.equal(opened.plaintext, plaintext)
}

const SOME = ['GetSecretValue', 'Decrypt', 'AsymmetricSign'] as const
const some = kms({ kmsConfig: { ...kmsConfig, defaultKmsApiNames: SOME } })
const both = kms()
const instance = new Asking(new KmsClient({ kmsConfig, platform: nodePlatform }), 'instance')
const shared = new Asking(sharedOnly, 'shared')
const ca = readFileSync(caFile, 'utf8')

const ways: Readonly<Record<string, Asking>> = {
  'all to the instance, without a shared gateway': instance,
  'all to the instance, beside a shared gateway': new Asking(both, 'instance'),
  'all to the shared gateway, without an instance': shared,
  'all to the shared gateway, beside an instance': new Asking(
    kms({ isUseKmsShareGateway: true }),
    'shared',
  ),
  'some to the shared gateway, by defaultKmsApiNames': new Asking(some, (action) =>
    SOME.some((one) => one === action) ? 'shared' : 'instance',
  ),
  'to the shared gateway by the options of each call': new Asking(both, 'shared', {
    isUseKmsShareGateway: true,
  }),
  'to the instance by the options of each call': new Asking(some, 'instance', {
    isUseKmsShareGateway: false,
  }),
  'with an encoding of the client': new Asking(
    kms({ kmsConfig: { ...kmsConfig, encoding: 'gbk' } }),
    'instance',
  ),
  'with an encoding of each call': new Asking(both, 'instance', { encoding: 'gbk' }),
  'with the path of the certificates': new Asking(both, 'instance', { ca: caFile }),
  'with the certificates themselves, of both gateways': new Asking(
    kms({ config: { ...config, ca }, isUseKmsShareGateway: true }),
    'shared',
  ),
  'with any certificate': new Asking(both, 'instance', { ignoreSsl: true }),
}

for (const [name, asking] of Object.entries(ways)) await step(name, () => useEverything(asking))

await step('the older operations of the instance, when it is told to use them', async () => {
  const older = new Asking(
    kms({ kmsConfig: { ...kmsConfig, forceLowVersionCryptoTransfer: true } }),
    'instance',
  )
  const blob = await older.encrypt(CANARY)
  assert.equal(await older.decrypt(blob), CANARY)
  assert.equal(await instance.decrypt(blob), CANARY)
  const context = { a: '1' }
  assert.equal(await older.decrypt(await older.encrypt(CANARY, context), context), CANARY)
  await useDataKeys(older)
})

await step('a text goes in the encoding it was told, and comes back', async () => {
  const text = `${CANARY} 密钥`
  for (const [encoding, octetsOfOne] of [['utf-8', 3], ['gbk', 2]] as const) {
    const byCall = new Asking(both, 'instance', { encoding })
    const blob = await byCall.encrypt(text)
    assert.equal(octets(blob).length, 64 + CANARY.length + 1 + 2 * octetsOfOne)
    assert.equal(await byCall.decrypt(blob), text)
  }
})

await step('what one gateway has encrypted the other decrypts, with its context', async () => {
  const context = { b: '2', a: '1' }
  for (const bound of [undefined, context]) {
    assert.equal(await shared.decrypt(await instance.encrypt(CANARY, bound), bound), CANARY)
  }
  assert.equal(await instance.decrypt(await shared.encrypt(CANARY)), CANARY)
  const made = await instance.client.generateDataKey({ keyId: cipher })
  assert.equal(await shared.decrypt(made.body.ciphertextBlob), made.body.plaintext)
})

await step('refusals of the instance are told in the words of the shared gateway', async () => {
  const nothing = { keyId: 'key-nothing', plaintext: CANARY }
  for (const { client } of [instance, shared]) {
    await assert.rejects(client.encrypt(nothing), (error) => {
      assert.ok(error instanceof ResourceNotFoundError)
      assert.equal(error.code, 'Forbidden.KeyNotFound')
      assert.ok(error.requestId)
      return true
    })
    const none = client.getSecretValue({ secretName: `${secretName}/none` })
    await assert.rejects(none, { code: 'Forbidden.ResourceNotFound', status: 404 })
  }
  const disabled = await createKey()
  await sharedOnly.disableKey({ keyId: disabled })
  for (const { client } of [instance, shared]) {
    const call = client.encrypt({ keyId: disabled, plaintext: CANARY })
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof ConflictError)
      assert.equal(error.code, 'Rejected.Disabled')
      return true
    })
  }
})

await step('no authority but the one that is told is trusted', async () => {
  const [other = ''] = rootCertificates
  for (const client of [kms({ kmsConfig: { ...kmsConfig, ca: other } }), kms()]) {
    const call = client.getSecretValue({ secretName }, { ca: other, autoretry: false })
    await assert.rejects(call, ConnectionError)
  }
})

await step('another password opens no client key, another secret signs nobody in', async () => {
  const locked = kms({ kmsConfig: { ...kmsConfig, password: `${CANARY}1` } })
  await assert.rejects(locked.getSecretValue({ secretName }), CredentialUnavailableError)
  const accessKeyId = variable('ALIBABA_CLOUD_ACCESS_KEY_ID')
  const stranger = new KmsClient({ config: { ...config, accessKeyId, accessKeySecret: CANARY } })
  const call = stranger.encrypt({ keyId: cipher, plaintext: CANARY })
  await assert.rejects(call, (error: Error) => {
    assert.equal(error.name, 'AuthenticationError')
    assert.ok(!error.message.includes(CANARY), error.message)
    return true
  })
})

await step('an access key signs cryptography at the host of the instance too', async () => {
  const { endpoint } = kmsConfig
  const client = new KmsClient({ config: { ...config, endpoint } })
  const { body } = await client.encrypt({ keyId: cipher, plaintext: CANARY })
  assert.equal(await shared.decrypt(body.ciphertextBlob), CANARY)
  await assert.rejects(client.createKey(), { code: 'InvalidApi.NotFound' })
})

await step('a server that takes connections and says nothing is given up', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => sockets.push(socket))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  assert.ok(typeof address === 'object' && address !== null)
  const endpoint = `127.0.0.1:${address.port}`
  const times = { connectTimeout: 300, readTimeout: 300, autoretry: false }
  const ask = (protocol: 'http' | 'https'): Promise<unknown> => {
    const client = kms({ config: { ...config, endpoint, protocol }, isUseKmsShareGateway: true })
    return client.getSecretValue({ secretName }, times)
  }
  // Over TLS no connection ever stands; without it one does, and no answer comes.
  await assert.rejects(ask('https'), ConnectionError)
  await assert.rejects(ask('http'), TimeoutError)
  silent.close()
  for (const socket of sockets) socket.destroy()
})

console.log('done')
