import assert from 'node:assert/strict'
import { generateKeyPairSync, verify } from 'node:crypto'
import { afterEach, describe, it } from 'node:test'
import { inspect } from 'node:util'
import { fakeFetch, json, type FakeFetch, type SeenRequest } from '../testing/fake-fetch.ts'
import { KMS_ACTIONS } from './actions/action-names.ts'
import {
  AccessDeniedError,
  AuthenticationError,
  ClavigerError,
  ConflictError,
  CredentialUnavailableError,
  KmsClient,
  ResourceNotFoundError,
  ThrottledError,
  UnexpectedAnswerError,
  type KmsClientOptions,
} from './index.ts'
import { encodeMessage } from './instance/encode-message.ts'
import { stringToSign } from './instance/sign-request.ts'

const CANARY = 'canary-value'
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

const config = {
  accessKeyId: 'testid',
  accessKeySecret: 'canary-secret',
  endpoint: 'kms.example:8443',
}

const kmsConfig = {
  endpoint: 'kst-1.example',
  clientKeyId: 'KAAP.test',
  privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
}

const VERSION = '11111111-2222-4333-8444-555555555555'
const quickly = { backoffPolicy: 'no' } as const

function ofInstance(name: Parameters<typeof encodeMessage>[0], message: object): Response {
  const headers = { 'x-kms-migrationkeyversionid': VERSION }
  return new Response(encodeMessage(name, message), { headers })
}

/** A client whose far side answers as both gateways do. */
function clientOf(
  options: Partial<KmsClientOptions> = {},
  answer: Parameters<typeof fakeFetch>[0] = () => json(200, { RequestId: 'r' }),
): { readonly client: KmsClient; readonly seen: SeenRequest[] } {
  const far: FakeFetch = fakeFetch(answer)
  return { client: new KmsClient({ config, ...options, fetch: far.fetch }), seen: far.seen }
}

/** Everything that a reader of logs might see of an error. */
function shown(error: unknown): string {
  return `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`
}

describe('a client of the shared gateway', () => {
  it('has every action as a method, under both names, and sends it by its own', async () => {
    const { client, seen } = clientOf()
    assert.equal(KMS_ACTIONS.length, 102)
    const methods = client as unknown as Record<string, (request?: object) => Promise<unknown>>
    for (const action of KMS_ACTIONS) {
      const name = action.charAt(0).toLowerCase() + action.slice(1)
      await methods[name]?.call(client, { name: 'n' })
      await methods[`${name}WithOptions`]?.call(client, { name: 'n' })
    }
    const sent = seen.map(({ headers }) => headers.get('x-acs-action'))
    assert.deepEqual(sent, KMS_ACTIONS.flatMap((action) => [action, action]))
    const got = seen.filter(({ method }) => method === 'GET').map(({ headers }) => headers)
    const gotActions = new Set(got.map((headers) => headers.get('x-acs-action')))
    assert.deepEqual(gotActions, new Set(['GetClientKey', 'ListClientKeys']))
  })

  it('gives headers, status and body, with names of this language', async () => {
    const { client, seen } = clientOf({}, () =>
      json(200, { Keys: { Key: [{ KeyId: 'k' }] }, RequestId: 'r' }, { 'x-acs-request-id': 'r' }),
    )
    const answer = await client.listKeys({ pageSize: 5 })
    assert.equal(answer.statusCode, 200)
    assert.equal(answer.headers['x-acs-request-id'], 'r')
    assert.deepEqual(answer.body.keys.key, [{ keyId: 'k' }])
    assert.equal(seen[0]?.url.href, 'https://kms.example:8443/')
    assert.equal(seen[0]?.body, 'PageSize=5')
  })

  it('names the host by the region, where it is told no other', async () => {
    const { client, seen } = clientOf({ config: { ...config, endpoint: 'h', protocol: 'http' } })
    await client.describeRegions()
    assert.equal(seen[0]?.url.href, 'http://h/')
    const { endpoint: _, ...keys } = config
    const regional = clientOf({ config: { ...keys, regionId: 'cn-hangzhou' } })
    await regional.client.describeRegions()
    assert.equal(regional.seen[0]?.url.host, 'kms.cn-hangzhou.aliyuncs.com')
    assert.throws(() => new KmsClient({ config: keys }), TypeError)
    assert.throws(() => new KmsClient({}), /can not be both None/)
  })

  it('signs as the older SDKs do, when it is told to', async () => {
    const { client, seen } = clientOf({ config: { ...config, signatureAlgorithm: 'HMAC-SHA1' } })
    await client.describeKey({ keyId: 'k' })
    const sent = new URLSearchParams(seen[0]?.body)
    assert.equal(sent.get('Action'), 'DescribeKey')
    assert.equal(sent.get('SignatureMethod'), 'HMAC-SHA1')
  })
})

describe('who asks the shared gateway', () => {
  const environment = { ...process.env }
  afterEach(() => {
    process.env = { ...environment }
  })

  it('is a provider, asked for each request, with the token of its session', async () => {
    let number = 0
    const credential = {
      getCredential: () => {
        number += 1
        const accessKeyId = `k${number}`
        return Promise.resolve({ accessKeyId, accessKeySecret: 's', securityToken: 't' })
      },
    }
    const { client, seen } = clientOf({ config: { endpoint: 'h', credential } })
    await client.describeRegions()
    await client.describeRegions()
    const names = seen.map(({ headers }) => headers.get('x-acs-accesskey-id'))
    assert.deepEqual(names, ['k1', 'k2'])
    assert.equal(seen[0]?.headers.get('x-acs-security-token'), 't')
  })

  it('is who the environment names, where nobody is told', async () => {
    const { client, seen } = clientOf({ config: { endpoint: 'h' } })
    delete process.env['ALIBABA_CLOUD_ACCESS_KEY_ID']
    await assert.rejects(client.describeRegions(), CredentialUnavailableError)
    process.env['ALIBABA_CLOUD_ACCESS_KEY_ID'] = 'from-env'
    process.env['ALIBABA_CLOUD_ACCESS_KEY_SECRET'] = 's'
    process.env['ALIBABA_CLOUD_SECURITY_TOKEN'] = 't'
    await client.describeRegions()
    assert.match(seen[0]?.headers.get('authorization') ?? '', /Credential=from-env,/)
    assert.equal(seen[0]?.headers.get('x-acs-security-token'), 't')
  })
})

describe('a refusal of the shared gateway', () => {
  const refusals = [
    [404, 'Forbidden.KeyNotFound', ResourceNotFoundError],
    [404, 'InvalidAccessKeyId.NotFound', AuthenticationError],
    [400, 'Forbidden.NoPermission', AccessDeniedError],
    [400, 'SignatureDoesNotMatch', AuthenticationError],
    [400, 'AliasAlreadyExists', ConflictError],
    [409, 'Rejected.Disabled', ConflictError],
    [400, 'Throttling.User', ThrottledError],
  ] as const
  for (const [status, Code, Class] of refusals) {
    it(`${status} ${Code} is a ${Class.name}`, async () => {
      const body = { Code, Message: 'No.', RequestId: 'r' }
      const headers = { 'x-acs-retry-after': '1500' }
      const { client } = clientOf({}, () => json(status, body, headers))
      const call = client.describeKey({ keyId: 'k' }, { autoretry: false })
      await assert.rejects(call, (error) => {
        assert.ok(error instanceof Class)
        const { code, message, requestId, retryAfterMs } = error
        assert.deepEqual([code, error.status, message, requestId], [Code, status, 'No.', 'r'])
        assert.equal(retryAfterMs, 1500)
        return true
      })
    })
  }

  it('shows neither what was asked nor what signs it', async () => {
    const Message =
      'Specified signature is not matched with our calculation. ' +
      `server string to sign is:POST&%2F&Plaintext%3D${CANARY}`
    const answers = [
      json(400, { Code: 'SignatureDoesNotMatch', Message, RequestId: 'r' }),
      new Response(`<p>${CANARY}</p>`, { status: 502 }),
      new Response(CANARY),
      new Response('[]'),
    ]
    for (const answer of answers) {
      const { client } = clientOf({}, () => answer)
      const request = { keyId: 'k', plaintext: CANARY, encryptionContext: { a: CANARY } }
      const call = client.encrypt(request, { autoretry: false })
      await assert.rejects(call, (error) => {
        assert.ok(error instanceof ClavigerError)
        assert.doesNotMatch(shown(error), /canary/)
        return true
      })
    }
    const broken = clientOf({}, () => Promise.reject(new TypeError('fetch failed')))
    const call = broken.client.encrypt({ keyId: 'k', plaintext: CANARY }, { autoretry: false })
    await assert.rejects(call, (error) => !/canary/.test(shown(error)))
  })
})

describe('a call that may be repeated', () => {
  const throttled = (): Response => json(400, { Code: 'Throttling', Message: 'Later.' })

  it('is, with a signature of its own each time', async () => {
    const { client, seen } = clientOf({}, (_, number) =>
      number < 3 ? throttled() : json(200, { RequestId: 'r' }),
    )
    await client.describeRegions(undefined, quickly)
    const nonces = new Set(seen.map(({ headers }) => headers.get('x-acs-signature-nonce')))
    assert.equal(nonces.size, 3)
  })

  it('is not before the service says, which may be later than the client waits', async () => {
    const headers = { 'x-acs-retry-after': String(10 ** 9) }
    const { client, seen } = clientOf({}, () => json(429, { Code: 'Throttling' }, headers))
    await assert.rejects(client.describeRegions(), { retryAfterMs: 10 ** 9 })
    assert.equal(seen.length, 1)
  })

  it('is as often as it is told, and not at all when it is told so', async () => {
    for (const [runtime, attempts] of [
      [{ maxAttempts: 1 }, 2],
      [{ autoretry: false }, 1],
      [{}, 4],
    ] as const) {
      const { client, seen } = clientOf({}, throttled)
      await assert.rejects(client.describeRegions({}, { ...quickly, ...runtime }), ThrottledError)
      assert.equal(seen.length, attempts)
    }
  })

  it('is not what would be made twice', async () => {
    const { client, seen } = clientOf({}, () => json(500, { Code: 'InternalFailure' }))
    await assert.rejects(client.createKey({}, quickly), { code: 'InternalFailure' })
    assert.equal(seen.length, 1)
  })

  it('ends when its signal does', async () => {
    const { client } = clientOf({}, throttled)
    const abortSignal = AbortSignal.abort(new Error('enough'))
    await assert.rejects(client.describeRegions({}, { abortSignal }), /enough/)
  })
})

describe('a client of an instance', () => {
  it('signs with its client key, and sends other actions to the shared gateway', async () => {
    const { client, seen } = clientOf({ kmsConfig }, ({ url }) =>
      url.host === 'kst-1.example'
        ? ofInstance('GetPublicKeyResponse', { KeyId: 'k', PublicKey: 'PEM', RequestId: 'r' })
        : json(200, { RequestId: 'r' }),
    )
    const { body } = await client.getPublicKey({ keyId: 'k' })
    const answer = { keyId: 'k', publicKey: 'PEM', keyVersionId: VERSION, requestId: 'r' }
    assert.deepEqual(body, answer)
    await client.describeKey({ keyId: 'k' })
    await client.getPublicKey({ keyId: 'k' }, { isUseKmsShareGateway: true })
    const hosts = seen.map(({ url }) => url.host)
    assert.deepEqual(hosts, ['kst-1.example', 'kms.example:8443', 'kms.example:8443'])
    const headers = Object.fromEntries(seen[0]?.headers ?? [])
    const signature = headers['authorization']?.replace('Bearer ', '') ?? ''
    const text = Buffer.from(stringToSign(headers))
    assert.ok(verify('sha256', text, publicKey, Buffer.from(signature, 'base64')))
  })

  it('works without a shared gateway, and says when that is needed', async () => {
    const far = fakeFetch(() => ofInstance('GetSecretValueResponse', { SecretData: CANARY }))
    const client = new KmsClient({ kmsConfig, fetch: far.fetch })
    const { body } = await client.getSecretValue({ secretName: 's' })
    assert.equal(body.secretData, CANARY)
    await assert.rejects(client.listKeys(), /ListKeys needs the shared gateway/)
    const shared = client.getSecretValue({ secretName: 's' }, { isUseKmsShareGateway: true })
    await assert.rejects(shared, /needs the shared gateway/)
  })

  it('tells refusals in the words of the shared gateway', async () => {
    const told = [
      [404, 'Forbidden.KeyNotFound', 'x', 'Forbidden.KeyNotFound', ResourceNotFoundError],
      [404, 'Unauthorized', 'x', 'InvalidAccessKeyId.NotFound', AuthenticationError],
      [400, 'InvalidParam', 'The Param Date is invalid.', 'IllegalTimestamp', AuthenticationError],
      [400, 'InvalidParam', 'Else.', 'InvalidParam', ClavigerError],
      [409, 'Rejected.Disabled', 'x', 'Rejected.Disabled', ConflictError],
    ] as const
    for (const [status, ErrorCode, ErrorMessage, code, Class] of told) {
      const error = encodeMessage('Error', { ErrorCode, ErrorMessage, RequestId: 'r' })
      const { client } = clientOf({ kmsConfig }, () => new Response(error, { status }))
      await assert.rejects(client.encrypt({ keyId: 'k', plaintext: 'x' }), (thrown) => {
        assert.ok(thrown instanceof Class)
        assert.deepEqual([thrown.code, thrown.status, thrown.requestId], [code, status, 'r'])
        return true
      })
    }
  })

  it('makes a data key in two calls, and encrypts its text', async () => {
    const raw = Uint8Array.from({ length: 16 }, (_, at) => at)
    const { client, seen } = clientOf({ kmsConfig }, ({ headers }) =>
      headers.get('x-kms-apiname') === 'AdvanceEncrypt'
        ? ofInstance('EncryptResponse', {
            KeyId: 'k',
            KeyVersionId: VERSION,
            CiphertextBlob: Uint8Array.of(0x24, 0, 2, 7, 8, 9),
          })
        : ofInstance('GenerateDataKeyResponse', { KeyId: 'k', Plaintext: raw }),
    )
    const { body } = await client.generateDataKey({ keyId: 'k', keySpec: 'AES_128' })
    assert.equal(body.plaintext, Buffer.from(raw).toString('base64'))
    assert.equal(body.ciphertextBlob, Buffer.of(7, 8, 9).toString('base64'))
    assert.ok(seen[1]?.body.includes(body.plaintext))
    const { body: sealed } = await client.generateDataKeyWithoutPlaintext({ keyId: 'k' })
    assert.ok(!('plaintext' in sealed))
  })

  it('refuses what no instance would understand, before it asks', async () => {
    const { client, seen } = clientOf({ kmsConfig })
    const short = client.decrypt({ ciphertextBlob: 'AAAA' })
    await assert.rejects(short, { message: 'The parameter  CiphertextBlob  is invalid.' })
    const none = client.asymmetricSign({ keyId: 'k', algorithm: 'RSA_PSS_SHA_256', digest: '' })
    await assert.rejects(none, { code: 'MissingParameter' })
    assert.deepEqual(seen, [])
  })

  it('says when an answer is none', async () => {
    const { client } = clientOf({ kmsConfig }, () => new Response('<p>proxy</p>'))
    await assert.rejects(client.getSecretValue({ secretName: 's' }), UnexpectedAnswerError)
    const headless = clientOf({ kmsConfig }, () =>
      new Response(encodeMessage('GetPublicKeyResponse', { PublicKey: 'PEM' })),
    )
    const call = headless.client.getPublicKey({ keyId: 'k' })
    await assert.rejects(call, /without the header x-kms-migrationkeyversionid/)
  })

  it('takes no answer for a result that has none', async () => {
    const answers = [
      new Uint8Array(),
      encodeMessage('EncryptResponse', { KeyId: 'k' }),
      encodeMessage('EncryptResponse', { KeyId: 'k', CiphertextBlob: Uint8Array.of(0x24, 0, 2) }),
      encodeMessage('EncryptResponse', { KeyId: 'k', CiphertextBlob: Uint8Array.of(1, 2, 3, 4) }),
    ]
    for (const answer of answers) {
      const { client } = clientOf({ kmsConfig }, () => new Response(answer))
      const call = client.encrypt({ keyId: 'k', plaintext: 'x' })
      await assert.rejects(call, UnexpectedAnswerError)
    }
    const { client } = clientOf({ kmsConfig }, () => new Response(new Uint8Array()))
    const ciphertextBlob = Buffer.alloc(80).toString('base64')
    await assert.rejects(client.decrypt({ ciphertextBlob }), UnexpectedAnswerError)
    await assert.rejects(client.getSecretValue({ secretName: 's' }), UnexpectedAnswerError)
    await assert.rejects(client.generateDataKey({ keyId: 'k' }), UnexpectedAnswerError)
  })

  it('asks for no number of octets that is none', async () => {
    const { client, seen } = clientOf({ kmsConfig })
    for (const numberOfBytes of [-1, 0, 1.5, Number.NaN]) {
      const call = client.generateDataKey({ keyId: 'k', numberOfBytes })
      await assert.rejects(call, { name: 'BadRequestError' })
    }
    assert.deepEqual(seen, [])
  })

  it('asks the host that it is told, or says that it is none', () => {
    for (const endpoint of ['https://kms.example', 'good@evil.example', 'a/b', 'a?b', '', 'a b']) {
      const config = { endpoint, accessKeyId: 'a', accessKeySecret: 'b' }
      assert.throws(() => new KmsClient({ config }), TypeError)
      assert.throws(() => new KmsClient({ kmsConfig: { ...kmsConfig, endpoint } }), TypeError)
    }
    const config = { endpoint: '[::1]:8443', accessKeyId: 'a', accessKeySecret: 'b' }
    assert.ok(new KmsClient({ config }))
  })

  it('calls a client key that does not open unavailable, and says nothing of it', async () => {
    const { privateKey: _, ...keyless } = kmsConfig
    const platform: NonNullable<KmsClientOptions['platform']> = {
      fetchWith: () => fetch,
      readTextFile: () => Promise.reject(new Error(`ENOENT ${CANARY}`)),
      openPkcs12: () => Promise.reject(new Error(CANARY)),
    }
    const content = JSON.stringify({ KeyId: 'KAAP.x', PrivateKeyData: 'AAAA' })
    for (const wrong of [
      { ...kmsConfig, privateKey: '!!! no base64' },
      { ...kmsConfig, privateKey: 'AAAA' },
      { ...keyless, clientKeyFile: '/nowhere', password: CANARY },
      { ...keyless, clientKeyContent: content, password: CANARY },
    ]) {
      const { client } = clientOf({ kmsConfig: wrong, platform })
      await assert.rejects(client.getSecretValue({ secretName: 's' }), (error) => {
        assert.ok(error instanceof CredentialUnavailableError)
        assert.ok(!shown(error).includes(CANARY))
        return true
      })
    }
  })

  it('needs a key that it can sign with, and options that it can heed', async () => {
    const { privateKey: _, ...keyless } = kmsConfig
    const ask = (options: Partial<KmsClientOptions>, runtime = {}): Promise<unknown> =>
      clientOf(options).client.getSecretValue({ secretName: 's' }, runtime)
    await assert.rejects(ask({ kmsConfig: keyless }), CredentialUnavailableError)
    const file = { ...keyless, clientKeyContent: `{"KeyId":"${CANARY}`, password: CANARY }
    await assert.rejects(ask({ kmsConfig: file }), (error) => !/canary/.test(shown(error)))
    await assert.rejects(ask({ kmsConfig }, { ca: 'ca.pem' }), /need a platform/)
    await assert.rejects(ask({ kmsConfig }, { ignoreSsl: true }), /need a platform/)
    await assert.rejects(ask({ kmsConfig }, { encoding: 'klingon' }), /encoding/)
  })
})
