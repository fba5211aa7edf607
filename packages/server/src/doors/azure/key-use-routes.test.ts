import assert from 'node:assert/strict'
import * as crypto from 'node:crypto'
import { test } from 'node:test'
import { doorUnderTest, type DoorUnderTest, type Received } from './door-under-test.ts'
import { createKey, type ReceivedKey } from './key-under-test.ts'

// Each algorithm over the wire, and node:crypto on the other side of it. RSA keys are made once,
// because they take long.

const octets = (text: unknown): Buffer => Buffer.from(String(text), 'base64url')
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

let rsa: Promise<{ readonly door: DoorUnderTest; readonly made: ReceivedKey }> | undefined

function rsaKey(): NonNullable<typeof rsa> {
  rsa ??= doorUnderTest().then(async (door) => ({ door, made: await createKey(door, 'k', { kty: 'RSA' }) }))
  return rsa
}

function publicKey({ key }: ReceivedKey): crypto.KeyObject {
  const kty = String(key['kty']).replace('-HSM', '')
  const crv = key['crv'] === 'P-256K' ? 'secp256k1' : key['crv']
  const members = Object.entries({ ...key, kty, crv }).filter(([, value]) => typeof value === 'string')
  return crypto.createPublicKey({ key: Object.fromEntries(members), format: 'jwk' })
}

async function use(
  { call }: DoorUnderTest,
  verb: string,
  body: object,
  version = '',
): Promise<Received> {
  const answer = await call('POST', `/keys/k/${version}/${verb}`, { body })
  assert.equal(answer.status, 200, `${verb} ${JSON.stringify(body)}: ${answer.text}`)
  return answer
}

const message = Buffer.from('what is signed')

async function assertSigns(
  door: DoorUnderTest,
  made: ReceivedKey,
  alg: string,
  digest: Buffer,
  check: (signature: Buffer) => boolean,
): Promise<void> {
  const { json } = await use(door, 'sign', { alg, value: text(digest) })
  assert.equal(json['kid'], made.kid)
  assert.deepEqual(Object.keys(json), ['kid', 'value'])
  const signature = octets(json['value'])
  assert.ok(check(signature), alg)
  const verify = async (value: Uint8Array, of = digest): Promise<unknown> =>
    (await use(door, 'verify', { alg, digest: text(of), value: text(value) }, made.version)).json['value']
  assert.equal(await verify(signature), true)
  const wrong = Buffer.from(signature)
  wrong[5] = (wrong[5] ?? 0) ^ 1
  assert.equal(await verify(wrong), false)
  assert.equal(await verify(signature.subarray(1)), false)
  assert.equal(await verify(Buffer.alloc(0)), false)
  const other = Buffer.from(digest)
  other[0] = (other[0] ?? 0) ^ 1
  assert.equal(await verify(signature, other), false)
}

test('a path without the segment of the version means the latest, as the SDK for Go writes it', async () => {
  const { door, made } = await rsaKey()
  const value = text(crypto.createHash('sha256').update(message).digest())
  for (const path of ['/keys/k/sign', '/keys/k//sign', `/keys/k/${made.version}/sign`]) {
    const { status, json } = await door.call('POST', path, { body: { alg: 'RS256', value } })
    assert.deepEqual([status, json['kid']], [200, made.kid], path)
  }
  const { status } = await door.call('GET', '/keys/k/sign', {})
  assert.equal(status, 404)
})

test('RSA signs a digest with each hash and padding', async () => {
  const { door, made } = await rsaKey()
  const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING, RSA_PSS_SALTLEN_DIGEST } = crypto.constants
  for (const bits of [256, 384, 512]) {
    const hash = `sha${bits}`
    const digest = crypto.createHash(hash).update(message).digest()
    const check = (padding: number) => (signature: Buffer) =>
      crypto.verify(hash, message, { key: publicKey(made), padding, saltLength: RSA_PSS_SALTLEN_DIGEST }, signature)
    await assertSigns(door, made, `RS${bits}`, digest, check(RSA_PKCS1_PADDING))
    await assertSigns(door, made, `PS${bits}`, digest, check(RSA_PKCS1_PSS_PADDING))
  }
})

test('RSNULL pads a value as it is', async () => {
  const { door, made } = await rsaKey()
  const value = Buffer.from('thirty-two octets, or any others')
  await assertSigns(door, made, 'RSNULL', value, (signature) =>
    crypto.publicDecrypt(publicKey(made), signature).equals(value),
  )
})

test('EC signs a digest on each curve, r and s side by side', async () => {
  const rows = [
    ['P-256', 'ES256', 'sha256', 64],
    ['P-384', 'ES384', 'sha384', 96],
    ['P-521', 'ES512', 'sha512', 132],
    ['P-256K', 'ES256K', 'sha256', 64],
  ] as const
  for (const [crv, alg, hash, bytes] of rows) {
    const door = await doorUnderTest()
    const made = await createKey(door, 'k', { kty: 'EC-HSM', crv })
    const digest = crypto.createHash(hash).update(message).digest()
    await assertSigns(door, made, alg, digest, (signature) => {
      const key = { key: publicKey(made), dsaEncoding: 'ieee-p1363' } as const
      return signature.byteLength === bytes && crypto.verify(hash, message, key, signature)
    })
  }
})

test('Ed25519 signs the message itself', async () => {
  const door = await doorUnderTest()
  const made = await createKey(door, 'k', { kty: 'OKP', crv: 'Ed25519' })
  await assertSigns(door, made, 'EdDSA', message, (signature) =>
    crypto.verify(null, message, publicKey(made), signature),
  )
})

test('HMAC signs data with a key that was imported', async () => {
  const k = crypto.randomBytes(64)
  for (const bits of [256, 384, 512]) {
    const door = await doorUnderTest()
    const key = { kty: 'oct', k: text(k), key_ops: ['sign', 'verify'] }
    const { json } = await door.call('PUT', '/keys/k', { body: { key } })
    const kid = String(Object(json['key'])['kid'])
    const made = { kid, version: kid.split('/').at(-1) ?? '', key: {}, attributes: {} }
    await assertSigns(door, made, `HS${bits}`, message, (signature) =>
      crypto.createHmac(`sha${bits}`, k).update(message).digest().equals(signature),
    )
  }
})

test('RSA encrypts and wraps in each padding, both ways', async () => {
  const { door, made } = await rsaKey()
  const { RSA_PKCS1_PADDING, RSA_PKCS1_OAEP_PADDING } = crypto.constants
  const rows = [
    ['RSA1_5', { padding: RSA_PKCS1_PADDING }],
    ['RSA-OAEP', { padding: RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }],
    ['RSA-OAEP-256', { padding: RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }],
  ] as const
  const plaintext = Buffer.from('a data key of 32 octets, or less')
  for (const [alg, options] of rows) {
    for (const [there, back] of [['encrypt', 'decrypt'], ['wrapkey', 'unwrapkey']] as const) {
      const { json } = await use(door, there, { alg, value: text(plaintext) })
      assert.deepEqual(Object.keys(json), ['kid', 'value'])
      const opened = await use(door, back, { alg, value: json['value'] }, made.version)
      assert.deepEqual(opened.json, { kid: made.kid, value: text(plaintext) })
      const elsewhere = crypto.publicEncrypt({ key: publicKey(made), ...options }, plaintext)
      assert.equal((await use(door, back, { alg, value: text(elsewhere) })).json['value'], text(plaintext))
    }
  }
})

async function octDoor(bits: number): Promise<DoorUnderTest & { readonly k: Buffer }> {
  const door = await doorUnderTest()
  const k = crypto.randomBytes(bits / 8)
  const answer = await door.call('PUT', '/keys/k', { body: { key: { kty: 'oct-HSM', k: text(k) } } })
  assert.equal(answer.status, 200, answer.text)
  return { ...door, k }
}

test('AES-GCM makes an IV, gives it back with tag and aad, and opens what node:crypto sealed', async () => {
  for (const bits of [128, 192, 256] as const) {
    const door = await octDoor(bits)
    const alg = `A${bits}GCM`
    const aad = Buffer.from('bound to it')
    const { json } = await use(door, 'encrypt', { alg, value: text(message), aad: text(aad) })
    assert.deepEqual(Object.keys(json), ['kid', 'value', 'iv', 'tag', 'aad'])
    assert.deepEqual([octets(json['iv']).length, octets(json['tag']).length], [12, 16])
    assert.equal(json['aad'], text(aad))
    const decipher = crypto.createDecipheriv(`aes-${bits}-gcm`, door.k, octets(json['iv']))
    decipher.setAuthTag(octets(json['tag'])).setAAD(aad)
    const opened = Buffer.concat([decipher.update(octets(json['value'])), decipher.final()])
    assert.ok(opened.equals(message))
    const iv = crypto.randomBytes(12)
    const cipher = crypto.createCipheriv(`aes-${bits}-gcm`, door.k, iv).setAAD(aad)
    const value = Buffer.concat([cipher.update(message), cipher.final()])
    const sealed = { alg, value: text(value), iv: text(iv), tag: text(cipher.getAuthTag()), aad: text(aad) }
    assert.equal((await use(door, 'decrypt', sealed)).json['value'], text(message))
    const without = (await use(door, 'encrypt', { alg, value: text(message) })).json
    assert.deepEqual(Object.keys(without), ['kid', 'value', 'iv', 'tag'])
    assert.notEqual(without['iv'], json['iv'])
  }
})

test('AES-CBC takes the IV of the caller, with padding and without', async () => {
  const iv = crypto.randomBytes(16)
  for (const bits of [128, 192, 256]) {
    const door = await octDoor(bits)
    for (const [suffix, plaintext] of [['CBC', Buffer.alloc(32, 9)], ['CBCPAD', message]] as const) {
      const alg = `A${bits}${suffix}`
      const { json } = await use(door, 'encrypt', { alg, value: text(plaintext), iv: text(iv) })
      assert.deepEqual(Object.keys(json), ['kid', 'value', 'iv'])
      const cipher = crypto.createCipheriv(`aes-${bits}-cbc`, door.k, iv).setAutoPadding(suffix === 'CBCPAD')
      assert.equal(json['value'], text(Buffer.concat([cipher.update(plaintext), cipher.final()])))
      const back = await use(door, 'decrypt', { alg, value: json['value'], iv: text(iv) })
      assert.equal(back.json['value'], text(plaintext))
    }
  }
})

test('AES key wrap is that of RFC 3394', async () => {
  const other = crypto.randomBytes(32)
  for (const bits of [128, 192, 256]) {
    const door = await octDoor(bits)
    const alg = `A${bits}KW`
    const { json } = await use(door, 'wrapkey', { alg, value: text(other) })
    const cipher = crypto.createCipheriv(`id-aes${bits}-wrap`, door.k, Buffer.alloc(8, 0xa6))
    assert.equal(json['value'], text(Buffer.concat([cipher.update(other), cipher.final()])))
    assert.equal((await use(door, 'unwrapkey', { alg, value: json['value'] })).json['value'], text(other))
  }
})

test('binary members are taken as base64url or base64, padded or not', async () => {
  const door = await octDoor(256)
  const value = Buffer.from([0xfb, 0xff, 0xfe, 0x00])
  const iv = crypto.randomBytes(16)
  for (const spelling of ['-__-AA', '-__-AA==', '+//+AA', '+//+AA==']) {
    const body = { alg: 'A256CBCPAD', value: spelling, iv: iv.toString('base64') }
    const { json } = await use(door, 'encrypt', body)
    const back = await use(door, 'decrypt', { alg: 'A256CBCPAD', value: json['value'], iv: text(iv) })
    assert.equal(back.json['value'], text(value))
  }
})
