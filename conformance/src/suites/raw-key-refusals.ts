import { randomBytes } from 'node:crypto'
import type { SuiteRun } from '../runner/suite-run.ts'
import { type JsonObject, objectOf, textOf } from '../server/json.ts'
import { type JsonAnswer, RawKeys } from '../server/raw-keys.ts'
import type { TestServer } from '../server/test-server.ts'

const SHA256 = Buffer.alloc(32, 1)
const NOW = Math.floor(Date.now() / 1000)
const DAY = 86_400

interface Refusal {
  readonly status: number
  readonly path: string
  readonly body: JsonObject
}

/** Keys that the refusals need, as they are created. */
const KEYS: Readonly<Record<string, JsonObject>> = {
  rsa: { kty: 'RSA', key_size: 2048 },
  ec: { kty: 'EC', crv: 'P-256' },
  aes: { kty: 'oct', key_size: 256 },
  verifier: { kty: 'EC', crv: 'P-256', key_ops: ['verify'] },
  disabled: { kty: 'EC', crv: 'P-256', attributes: { enabled: false } },
  early: { kty: 'EC', crv: 'P-256', attributes: { nbf: NOW + DAY } },
  expired: { kty: 'EC', crv: 'P-256', attributes: { exp: NOW - DAY } },
}

const es256 = { alg: 'ES256', value: SHA256 }
const gcm = { alg: 'A256GCM', value: SHA256 }
const cbc = { alg: 'A256CBC', value: SHA256 }

/** What the official clients check before they ask, or cannot be made to send. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  'an operation that key_ops lacks': refusal(403, 'verifier', 'sign', es256),
  'a disabled key': refusal(403, 'disabled', 'sign', es256),
  'a key before its time': refusal(403, 'early', 'sign', es256),
  'an expired key that is to sign': refusal(403, 'expired', 'sign', es256),
  'an algorithm there is none of': refusal(400, 'ec', 'sign', { alg: 'ES257', value: SHA256 }),
  'no algorithm': refusal(400, 'ec', 'sign', { value: SHA256 }),
  'no value': refusal(400, 'ec', 'sign', { alg: 'ES256' }),
  'a value that is no base64url': refusal(400, 'ec', 'sign', { alg: 'ES256', value: '*' }),
  'a value that is a number': refusal(400, 'ec', 'sign', { alg: 'ES256', value: 1 }),
  'the algorithm of another curve': refusal(400, 'ec', 'sign', { alg: 'ES256K', value: SHA256 }),
  'a digest that is too short': refusal(400, 'ec', 'sign', { ...es256, value: randomBytes(31) }),
  'a digest that is too long': refusal(400, 'rsa', 'sign', { alg: 'PS256', value: randomBytes(33) }),
  'a plaintext too long for the key': refusal(400, 'rsa', 'encrypt', {
    alg: 'RSA-OAEP-256',
    value: randomBytes(191),
  }),
  'a ciphertext of another length': refusal(400, 'rsa', 'decrypt', {
    alg: 'RSA-OAEP',
    value: randomBytes(255),
  }),
  'GCM without tag': refusal(400, 'aes', 'decrypt', { ...gcm, iv: randomBytes(12) }),
  'GCM without iv': refusal(400, 'aes', 'decrypt', { ...gcm, tag: randomBytes(16) }),
  'GCM with a short tag': refusal(400, 'aes', 'decrypt', {
    ...gcm,
    iv: randomBytes(12),
    tag: randomBytes(4),
  }),
  'CBC with an iv of 12 octets': refusal(400, 'aes', 'encrypt', { ...cbc, iv: randomBytes(12) }),
  'CBC of half a block': refusal(400, 'aes', 'encrypt', {
    alg: 'A256CBC',
    value: randomBytes(24),
    iv: randomBytes(16),
  }),
  'the padding of CBCPAD': refusal(400, 'aes', 'decrypt', {
    alg: 'A256CBCPAD',
    value: Buffer.alloc(32),
    iv: Buffer.alloc(16),
  }),
  'a key to wrap of 12 octets': refusal(400, 'aes', 'wrapkey', {
    alg: 'A256KW',
    value: randomBytes(12),
  }),
  'a wrapped key that was never wrapped': refusal(400, 'aes', 'unwrapkey', {
    alg: 'A256KW',
    value: randomBytes(40),
  }),
  'AES of another size': refusal(400, 'aes', 'encrypt', { alg: 'A128GCM', value: SHA256 }),
}

/** Creations; the JavaScript client leaves the exponent out that it is given. */
const NOT_CREATED: Readonly<Record<string, JsonObject>> = {
  'no type': {},
  'the type of a number': { kty: 1 },
  'the exponent 3': { kty: 'RSA', public_exponent: 3 },
  'an even exponent': { kty: 'RSA', public_exponent: 65_538 },
  'an exponent of 33 bits': { kty: 'RSA', public_exponent: 4_294_967_297 },
  'a size between two': { kty: 'RSA', key_size: 2056 },
  'the size of another curve': { kty: 'EC', crv: 'P-256', key_size: 384 },
  'operations of another type': { kty: 'EC', key_ops: ['wrapKey'] },
  'an operation there is none of': { kty: 'RSA', key_ops: ['sing'] },
  'an end before its beginning': { kty: 'EC', attributes: { nbf: NOW, exp: NOW - DAY } },
  'tags that are no texts': { kty: 'EC', tags: { a: 1 } },
}

/** Bad input over bare HTTPS: each gets its status, a code and a sentence, and never a 500. */
export async function checkRawRefusals(run: SuiteRun, server: TestServer): Promise<void> {
  const client = server.client()
  const vault = new RawKeys(client, await server.token())
  await run.step('raw: keys for the refusals are created', async () => {
    for (const [name, parameters] of Object.entries(KEYS)) {
      const { status, body } = await vault.ask('POST', `/keys/refuse-${name}/create`, parameters)
      if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`)
    }
  })
  for (const [what, { status, path, body }] of Object.entries(REFUSALS)) {
    await run.step(`raw: ${what} is refused with ${status} and a sentence`, async () => {
      expectRefusal(await vault.ask('POST', path, body), status)
    })
  }
  for (const [what, parameters] of Object.entries(NOT_CREATED)) {
    await run.step(`raw: a key with ${what} is not created, and 400 says why`, async () => {
      expectRefusal(await vault.ask('POST', '/keys/refuse-new/create', parameters), 400)
    })
  }
  for (const count of [0, -1, 129, 1.5, '16']) {
    await run.step(`raw: ${JSON.stringify(count)} random bytes are refused with 400`, async () => {
      expectRefusal(await vault.ask('POST', '/rng', { count }), 400)
    })
  }
  await run.step('raw: an expired key still verifies, and a wrong signature is no error', async () => {
    const body = { alg: 'ES256', digest: SHA256, value: Buffer.alloc(64, 1) }
    const answer = await vault.ask('POST', '/keys/refuse-expired//verify', body)
    if (answer.status !== 200 || answer.body['value'] !== false) {
      throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
    }
  })
  client.close()
}

function refusal(status: number, key: string, use: string, body: JsonObject): Refusal {
  return { status, path: `/keys/refuse-${key}//${use}`, body }
}

function expectRefusal({ status, body }: JsonAnswer, expected: number): void {
  const error = objectOf(body['error'])
  const said = textOf(error, 'code') !== '' && textOf(error, 'message').length > 10
  if (status === expected && said) return
  throw new Error(`The answer is ${status}: ${JSON.stringify(body).slice(0, 300)}`)
}
