import assert from 'node:assert/strict'
import { checkPrimeSync, createHash, generateKeyPairSync, generatePrimeSync, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { assertRefused } from './assert-refused.ts'
import { doorUnderTest, type DoorUnderTest } from './door-under-test.ts'
import { createKey } from './key-under-test.ts'

const bad = { status: 400, code: 'BadParameter' } as const
const forbidden = { status: 403, code: 'Forbidden' } as const
const now = 1_767_225_600 // where the clock of the test vault stands

const digest = createHash('sha256').update('message').digest('base64url')
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/** The first line of a refusal names the property, the second says what to change. */
function says(property: string, reason: RegExp): RegExp {
  const name = property.replaceAll(/[.[\]]/g, String.raw`\$&`)
  return new RegExp(`^Property ${name} has invalid value\\r\\n${reason.source}`)
}

test('a key that cannot be made is refused, with what to change', async () => {
  const { call } = await doorUnderTest()
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{}, says('kty', /It must be given\./)],
    [{ kty: 5 }, says('kty', /It must be a string\./)],
    [{ kty: 'rsa' }, says('kty', /It must be RSA, RSA-HSM, EC/)],
    [{ kty: 'AKP' }, says('kty', /It must be RSA/)],
    [{ kty: '-HSM' }, says('kty', /It must be RSA/)],
    [{ kty: 'RSA', key_size: 1024 }, says('key_size', /It must be 2048, 3072, 4096/)],
    [{ kty: 'RSA', key_size: 2049 }, says('key_size', /It must be 2048/)],
    [{ kty: 'RSA', key_size: '2048' }, says('key_size', /It must be a whole number/)],
    [{ kty: 'RSA', key_size: 1e9 }, says('key_size', /It must be 2048/)],
    [{ kty: 'RSA', crv: 'P-256' }, says('crv', /Keys of type RSA have no curve/)],
    [{ kty: 'RSA', public_exponent: 3 }, says('public_exponent', /It must be an odd number from 65537/)],
    [{ kty: 'RSA', public_exponent: 65_538 }, says('public_exponent', /It must be an odd number/)],
    [{ kty: 'RSA', public_exponent: -1 }, says('public_exponent', /It must be an odd number/)],
    [{ kty: 'RSA', public_exponent: 2 ** 40 + 1 }, says('public_exponent', /It must be an odd number/)],
    [{ kty: 'EC', public_exponent: 65_537 }, says('public_exponent', /Only keys of type RSA/)],
    [{ kty: 'EC', crv: 'P-224' }, says('crv', /It must be P-256, P-384, P-521/)],
    [{ kty: 'EC', crv: 'Ed25519' }, says('crv', /It must be P-256/)],
    [{ kty: 'EC', crv: 'P-256', key_size: 384 }, says('key_size', /Leave it out/)],
    [{ kty: 'OKP', crv: 'P-256' }, says('crv', /It must be Ed25519, X25519/)],
    [{ kty: 'oct', key_size: 100 }, says('key_size', /It must be 128, 192, 256/)],
    [{ kty: 'oct', crv: 'P-256' }, says('crv', /Keys of type oct have no curve/)],
    [{ kty: 'EC', key_ops: 'sign' }, says('key_ops', /It must be a JSON array/)],
    [{ kty: 'EC', key_ops: [1] }, says('key_ops', /Each of its items must be a string/)],
    [{ kty: 'EC', key_ops: ['encrypt'] }, says('key_ops', /For a key of type EC it may hold sign, verify/)],
    [{ kty: 'EC', key_ops: ['Sign'] }, says('key_ops', /For a key of type EC/)],
    [{ kty: 'EC', key_ops: ['sign', 'sign'] }, says('key_ops', /Name each operation once/)],
    [{ kty: 'EC', key_ops: ['export'] }, says('key_ops', /For a key of type EC/)],
    [{ kty: 'EC', key_ops: ['import'] }, says('key_ops', /Import must stand alone/)],
    [{ kty: 'RSA', key_ops: ['import'] }, says('key_ops', /Import must stand alone, on a key of type RSA-HSM/)],
    [{ kty: 'RSA-HSM', key_ops: ['import', 'sign'] }, says('key_ops', /Import must stand alone/)],
    [{ kty: 'OKP', crv: 'X25519', key_ops: ['sign'] }, says('key_ops', /It must be empty or left out/)],
    [{ kty: 'EC', attributes: { enabled: 'no' } }, says('attributes.enabled', /It must be true or false/)],
    [{ kty: 'EC', attributes: { nbf: 2, exp: 1 } }, says('attributes.exp', /It must be later than/)],
    [{ kty: 'EC', attributes: { exp: -1 } }, says('attributes.exp', /It must be whole seconds/)],
    [{ kty: 'EC', attributes: { external_key: { id: 'x' } } }, says('attributes.external_key', /It must be left out/)],
    [{ kty: 'EC', tags: Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`t${at}`, ''])) }, says('tags', /There are 16/)],
  ]
  for (const [body, message] of wrong) {
    assertRefused(await call('POST', '/keys/k/create', { body }), { ...bad, message })
  }
  assert.deepEqual((await call('GET', '/keys')).json['value'], [])
})

test('a key that is to leave the server is refused in the words of the service', async () => {
  const door = await doorUnderTest()
  const policy = { data: 'e30' }
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{ attributes: { exportable: true } }, /^AKV\.SKR\.1004: Exportable keys must have release policy\.$/],
    [{ release_policy: policy }, /^AKV\.SKR\.1005: Non-exportable keys must not have release policy\.$/],
    [{ attributes: { exportable: true }, release_policy: policy }, /^AKV\.SKR\.1001: The exportable attribute is only/],
  ]
  for (const [members, message] of wrong) {
    const body = { kty: 'EC', ...members }
    assertRefused(await door.call('POST', '/keys/k/create', { body }), { ...bad, message })
  }
  await createKey(door, 'k')
  const body = { attributes: { exportable: true } }
  assertRefused(await door.call('PATCH', '/keys/k', { body }), { ...bad, message: /^AKV\.SKR\.1003/ })
})

test('a wrong name is refused, and one that is empty', async () => {
  const { call } = await doorUnderTest()
  const body = { kty: 'EC' }
  for (const name of ['a_b', 'a%20b', 'a%2Fb', 'a'.repeat(128)]) {
    assertRefused(await call('POST', `/keys/${name}/create`, { body }), {
      ...bad,
      message: /^The request URI contains an invalid name: a/,
    })
  }
  assertRefused(await call('POST', '/keys//create', { body }), {
    status: 405,
    code: 'MethodNotAllowed',
    message: 'HTTP POST not allowed',
  })
})

test('what is not there is not found', async () => {
  const door = await doorUnderTest()
  await createKey(door, 'k')
  const body = { alg: 'ES256', value: digest }
  const missing = [
    ['GET', '/keys/b', 'b'],
    ['GET', '/keys/k/abc123', 'k/abc123'],
    ['PATCH', '/keys/b', 'b'],
    ['DELETE', '/keys/b', 'b'],
    ['GET', '/keys/b/versions', 'b'],
    ['POST', '/keys/b/backup', 'b'],
    ['POST', '/keys/b/rotate', 'b'],
    ['GET', '/keys/b/rotationpolicy', 'b'],
    ['PUT', '/keys/b/rotationpolicy', 'b'],
    ['POST', '/keys/b//sign', 'b'],
    ['POST', '/keys/k/00000000000000000000000000000000/sign', 'k/00000000000000000000000000000000'],
  ] as const
  for (const [method, path, shown] of missing) {
    assertRefused(await door.call(method, path, { body }), {
      status: 404,
      code: 'KeyNotFound',
      message: new RegExp(`^A key with \\(name/id\\) ${shown} was not found`),
    })
  }
})

/** The numbers of a key pair, base64url. */
function jwkOf(pair: { readonly privateKey: { export(options: { format: 'jwk' }): object } }): Record<string, string> {
  return { ...pair.privateKey.export({ format: 'jwk' }) }
}

const flip = (value: string | undefined): string => {
  const bytes = Buffer.from(value ?? '', 'base64url')
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 2
  return text(bytes)
}

async function assertNotImported({ call }: DoorUnderTest, key: object, message: RegExp): Promise<void> {
  assertRefused(await call('PUT', '/keys/k', { body: { key } }), { ...bad, message })
}

test('an EC key whose numbers do not belong together is not imported', async () => {
  const door = await doorUnderTest()
  const ec = jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }))
  const other = jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }))
  const cannot = /^The key cannot be imported: /
  await assertNotImported(door, { ...ec, x: flip(ec['x']) }, cannot)
  await assertNotImported(door, { ...ec, x: other['x'], y: other['y'] }, cannot)
  await assertNotImported(door, { ...ec, d: text(Buffer.alloc(32)) }, cannot)
  await assertNotImported(door, { ...ec, d: text(Buffer.alloc(32, 0xff)) }, cannot)
  await assertNotImported(door, { ...ec, crv: 'P-384' }, cannot)
  await assertNotImported(door, { ...ec, crv: 'P-224' }, cannot)
  await assertNotImported(door, { ...ec, d: undefined }, says('key.d', /It must be given/))
  await assertNotImported(door, { ...ec, x: '%%%' }, says('key.x', /It must be base64url/))
  await assertNotImported(door, { ...ec, key_ops: ['wrapKey'] }, says('key_ops', /For a key of type EC/))
  assert.equal((await door.call('PUT', '/keys/k', { body: { key: ec } })).status, 200)
})

test('an RSA key whose numbers do not belong together, or are weak, is not imported', async () => {
  const door = await doorUnderTest()
  const rsa = jwkOf(generateKeyPairSync('rsa', { modulusLength: 2048 }))
  const cannot = /^The key cannot be imported: /
  for (const name of ['n', 'd', 'p', 'q', 'dp', 'dq', 'qi']) {
    await assertNotImported(door, { ...rsa, [name]: flip(rsa[name]) }, cannot)
  }
  await assertNotImported(door, { ...rsa, e: text(Buffer.from([3])) }, cannot)
  await assertNotImported(door, { ...rsa, e: text(Buffer.from([1, 0, 2])) }, cannot)
  await assertNotImported(door, { ...rsa, e: '' }, cannot)
  await assertNotImported(door, { ...rsa, q: undefined }, says('key.q', /It must be given/))
  await assertNotImported(door, { ...rsa, oth: [] }, says('key.oth', /It must be left out/))
  const small = jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 }))
  await assertNotImported(door, small, cannot)
  const { n, e, d } = rsa
  for (const key of [rsa, { kty: 'RSA', n, e, d }]) {
    assert.equal((await door.call('PUT', '/keys/k', { body: { key } })).status, 200)
  }
})

test('a modulus that can be factored is not imported', async () => {
  const door = await doorUnderTest()
  const number = (value: bigint): string => {
    const hex = value.toString(16)
    return text(Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'))
  }
  const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
    let result = 1n
    for (let [square, rest] = [base, exponent]; rest > 0n; square = (square * square) % modulus, rest >>= 1n) {
      if (rest % 2n === 1n) result = (result * square) % modulus
    }
    return result
  }
  const e = 65_537n
  const p = generatePrimeSync(1024, { bigint: true })
  let q = p + 2n
  while (!checkPrimeSync(q)) q += 2n
  const phi = (p - 1n) * (q - 1n)
  // e is prime, so its inverse is (1 + phi * k) / e with k = -1/phi mod e.
  const d = (1n + phi * (e - power(phi % e, e - 2n, e))) / e
  const close = {
    kty: 'RSA', n: number(p * q), e: number(e), d: number(d), p: number(p), q: number(q),
    dp: number(d % (p - 1n)), dq: number(d % (q - 1n)), qi: number(power(q, p - 2n, p)),
  }
  await assertNotImported(door, close, /^The key cannot be imported: its primes p and q are too close/)
  // The faulty generator of CVE-2017-15361 leaves moduli that are powers of 65537 modulo small primes.
  const primes = Array.from({ length: 701 }, (_, index) => BigInt(index + 2)).filter((one) => checkPrimeSync(one))
  const product = primes.slice(0, 126).reduce((all, one) => all * one, 1n)
  const faulty = ((3n << 2046n) / product) * product + 1n
  await assertNotImported(door, { ...close, n: number(faulty) }, /^The key cannot be imported: .*faulty generator/)
})

test('other keys that cannot be taken are refused too', async () => {
  const door = await doorUnderTest()
  const okp = jwkOf(generateKeyPairSync('ed25519'))
  await assertNotImported(door, { ...okp, x: flip(okp['x']) }, /^The key cannot be imported: /)
  await assertNotImported(door, { kty: 'oct', k: '' }, /^The key cannot be imported: /)
  await assertNotImported(door, { kty: 'oct', k: text(randomBytes(65)) }, /^The key cannot be imported: /)
  await assertNotImported(door, { kty: 'oct' }, says('key.k', /It must be given/))
  await assertNotImported(door, { kty: 'ABC' }, says('key.kty', /It must be RSA/))
  await assertNotImported(door, { kty: 'RSA-HSM', key_hsm: 'e30' }, says('key.key_hsm', /It must be left out/))
  assertRefused(await door.call('PUT', '/keys/k', { body: {} }), { ...bad, message: says('key', /It must be given/) })
  assertRefused(await door.call('PUT', '/keys/k', { body: { key: 'x' } }), { ...bad, message: says('key', /It must be a JSON object/) })
})

test('a use with an algorithm or a length that does not fit is refused, with what to change', async () => {
  const door = await doorUnderTest()
  await createKey(door, 'ec')
  await createKey(door, 'ec384', { crv: 'P-384' })
  await createKey(door, 'rsa', { kty: 'RSA' })
  await createKey(door, 'oct', { kty: 'oct', key_ops: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey', 'sign', 'verify'] })
  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ['ec//sign', {}, says('alg', /It must be given/)],
    ['ec//sign', { alg: 'ES256' }, says('value', /It must be given/)],
    ['ec//sign', { alg: 'es256', value: digest }, says('alg', /For signatures it must be RS256/)],
    ['ec//sign', { alg: 'none', value: digest }, says('alg', /For signatures it must be/)],
    ['ec//sign', { alg: '__proto__', value: digest }, says('alg', /For signatures it must be/)],
    ['ec//sign', { alg: 'RS256', value: digest }, /^Key and algorithm are incompatible\. EC P-256 and algorithm 'RS256': it needs a key of type RSA\.$/],
    ['ec384//sign', { alg: 'ES256', value: digest }, /^Key and algorithm are incompatible\. EC P-384 and algorithm 'ES256': it needs a key on the curve P-256\.$/],
    ['ec//sign', { alg: 'ES256', value: text(randomBytes(31)) }, says('value', /Algorithm ES256 takes a digest of 32 octets, not 31/)],
    ['ec//sign', { alg: 'ES256', value: '' }, says('value', /Algorithm ES256 takes a digest of 32 octets, not 0/)],
    ['ec//sign', { alg: 'ES256', value: 'a b' }, says('value', /It must be base64url/)],
    ['ec//sign', { alg: 'ES256', value: 'ä' }, says('value', /It must be base64url/)],
    ['ec//sign', { alg: 'ES256', value: 'A' }, says('value', /It must be base64url/)],
    ['ec//verify', { alg: 'ES256', value: digest }, says('digest', /It must be given/)],
    ['ec//verify', { alg: 'ES256', digest: 'AAAA', value: digest }, says('digest', /Algorithm ES256 takes a digest of 32 octets, not 3/)],
    ['rsa//sign', { alg: 'PS512', value: digest }, says('value', /Algorithm PS512 takes a digest of 64 octets/)],
    ['rsa//encrypt', { alg: 'RSA-OAEP-256', value: text(randomBytes(191)) }, says('value', /It has 191 octets, at most 190/)],
    ['rsa//encrypt', { alg: 'RSA1_5', value: text(randomBytes(246)) }, says('value', /It has 246 octets, at most 245/)],
    ['rsa//encrypt', { alg: 'RSA-OAEP', value: text(randomBytes(215)) }, says('value', /It has 215 octets, at most 214/)],
    ['rsa//encrypt', { alg: 'A256KW', value: digest }, says('alg', /For encryption it must be/)],
    ['rsa//wrapkey', { alg: 'A256GCM', value: digest }, says('alg', /For wrapping keys it must be/)],
    ['rsa//wrapkey', { alg: 'RSA-OAEP', value: digest, iv: digest }, says('iv', /Leave it out/)],
    ['oct//encrypt', { alg: 'A128GCM', value: digest }, /^Key and algorithm are incompatible\. Oct 256 and algorithm 'A128GCM': it needs a key of 128 bits\.$/],
    ['oct//sign', { alg: 'HS512', value: digest }, /^Key and algorithm are incompatible\. Oct 256 and algorithm 'HS512': it needs a key of at least 512 bits\.$/],
    ['oct//encrypt', { alg: 'A256CBC', value: digest }, says('iv', /It must have 16 octets/)],
    ['oct//encrypt', { alg: 'A256CBC', value: digest, iv: text(randomBytes(12)) }, says('iv', /It must have 16 octets/)],
    ['oct//encrypt', { alg: 'A256CBC', value: text(randomBytes(15)), iv: text(randomBytes(16)) }, says('value', /Its length must be a multiple of 16/)],
    ['oct//encrypt', { alg: 'A256CBCPAD', value: digest, iv: text(randomBytes(16)), aad: 'AAAA' }, says('aad', /Leave it out/)],
    ['oct//encrypt', { alg: 'A256GCM', value: digest, iv: text(randomBytes(16)) }, says('iv', /It must have 12 octets/)],
    ['oct//decrypt', { alg: 'A256GCM', value: digest, tag: text(randomBytes(16)) }, says('iv', /It must have 12 octets/)],
    ['oct//decrypt', { alg: 'A256GCM', value: digest, iv: text(randomBytes(12)) }, says('tag', /It must be the 16 octets/)],
    ['oct//decrypt', { alg: 'A256GCM', value: digest, iv: text(randomBytes(12)), tag: text(randomBytes(4)) }, says('tag', /It must be the 16 octets/)],
    ['oct//wrapkey', { alg: 'A256KW', value: text(randomBytes(8)) }, says('value', /Its length must be a multiple of 8 octets, and at least 16/)],
    ['oct//wrapkey', { alg: 'A256KW', value: text(randomBytes(16_392)) }, says('value', /It has 16392 octets, at most 16384/)],
    // A wrapping that no key has made is refused before any work, as one that was changed is.
    ['oct//unwrapkey', { alg: 'A256KW', value: text(randomBytes(700_000)) }, /^The value cannot be decrypted or unwrapped with algorithm A256KW/],
    ['oct//wrapkey', { alg: 'A256KW', value: text(randomBytes(17)) }, says('value', /Its length must be a multiple of 8/)],
  ]
  for (const [path, body, message] of wrong) {
    assertRefused(await door.call('POST', `/keys/${path}`, { body }), { ...bad, message })
  }
})

test('what was tampered with does not open, and always for the same reason', async () => {
  const door = await doorUnderTest()
  await createKey(door, 'k', { kty: 'oct' })
  await createKey(door, 'rsa', { kty: 'RSA' })
  const refusal = (alg: string) => ({
    ...bad,
    message:
      `The value cannot be decrypted or unwrapped with algorithm ${alg}. Send it, and the iv, ` +
      'tag and aad where there are any, as they were given, to the version of the key that made it.',
  })
  const value = text(Buffer.from('sixteen octets!!'))
  const gcm = (await door.call('POST', '/keys/k//encrypt', { body: { alg: 'A256GCM', value, aad: 'AAAA' } })).json
  const sealed = { alg: 'A256GCM', value: gcm['value'], iv: gcm['iv'], tag: gcm['tag'], aad: 'AAAA' }
  assert.equal((await door.call('POST', '/keys/k//decrypt', { body: sealed })).json['value'], value)
  for (const change of [
    { value: flip(String(sealed.value)) },
    { iv: flip(String(sealed.iv)) },
    { tag: flip(String(sealed.tag)) },
    { aad: 'AAAB' },
    { aad: undefined },
    { value: '' },
  ]) {
    const body = { ...sealed, ...change }
    assertRefused(await door.call('POST', '/keys/k//decrypt', { body }), refusal('A256GCM'))
  }
  const iv = text(Buffer.alloc(16))
  for (const length of [0, 1, 15, 17, 32, 48]) {
    const body = { alg: 'A256CBCPAD', value: text(Buffer.alloc(length, 3)), iv }
    assertRefused(await door.call('POST', '/keys/k//decrypt', { body }), refusal('A256CBCPAD'))
  }
  for (const length of [0, 8, 16, 23, 24, 40]) {
    const body = { alg: 'A256KW', value: text(Buffer.alloc(length, 3)) }
    assertRefused(await door.call('POST', '/keys/k//unwrapkey', { body }), refusal('A256KW'))
  }
  for (const length of [0, 1, 255, 256, 257]) {
    const body = { alg: 'RSA-OAEP-256', value: text(Buffer.alloc(length, 3)) }
    assertRefused(await door.call('POST', '/keys/rsa//decrypt', { body }), refusal('RSA-OAEP-256'))
  }
})

test('a bad RSA1_5 ciphertext is answered with other octets, which tells nobody what was wrong', async () => {
  const door = await doorUnderTest()
  await createKey(door, 'k', { kty: 'RSA' })
  const body = { alg: 'RSA1_5', value: text(Buffer.alloc(256, 3)) }
  const first = await door.call('POST', '/keys/k//decrypt', { body })
  const second = await door.call('POST', '/keys/k//decrypt', { body })
  assert.equal(first.status, 200)
  assert.deepEqual(second.json, first.json)
})

test('a disabled, early or expired key, and one without the operation, is refused with its code', async () => {
  const door = await doorUnderTest()
  await createKey(door, 'off', { attributes: { enabled: false } })
  await createKey(door, 'early', { attributes: { nbf: now + 1000 } })
  await createKey(door, 'late', { attributes: { exp: now - 1000 } })
  await createKey(door, 'verifier', { key_ops: ['verify'] })
  const sign = { alg: 'ES256', value: digest }
  const verify = { alg: 'ES256', digest, value: 'AAAA' }
  const refusals = [
    ['off//sign', sign, 'KeyDisabled', 'Operation sign is not allowed on a disabled key.'],
    ['off//verify', verify, 'KeyDisabled', 'Operation verify is not allowed on a disabled key.'],
    ['early//sign', sign, 'KeyNotYetValid', /^Operation sign is not allowed on a key that is not yet valid\. .*nbf\.$/],
    ['late//sign', sign, 'KeyExpired', /^Operation sign is not allowed on an expired key\. .*exp\.$/],
    ['verifier//sign', sign, 'KeyOperationForbidden', 'Operation sign is not permitted on this key.'],
  ] as const
  for (const [path, body, inner, message] of refusals) {
    assertRefused(await door.call('POST', `/keys/${path}`, { body }), { ...forbidden, inner, message })
  }
  for (const name of ['early', 'late', 'verifier']) {
    const { json } = await door.call('POST', `/keys/${name}//verify`, { body: verify })
    assert.deepEqual(json, { value: false }, name)
  }
})

test('a key of a certificate refuses changes in the words of the service', async () => {
  const door = await doorUnderTest()
  await createKey(door, 'k')
  await door.memory.markKeyManaged('k')
  assert.equal((await door.call('GET', '/keys/k')).json['managed'], true)
  const changes = [
    ['DELETE', '/keys/k', 'delete'],
    ['POST', '/keys/k/create', 'create'],
    ['PATCH', '/keys/k', 'update'],
    ['POST', '/keys/k/rotate', 'rotate'],
    ['POST', '/keys/k/backup', 'backup'],
  ] as const
  for (const [method, path, operation] of changes) {
    assertRefused(await door.call(method, path, { body: { kty: 'EC' } }), {
      ...forbidden,
      inner: 'KeyManagedByKeyVault',
      message: `Operation "${operation}" is not allowed as this object's lifetime is managed by Key Vault.`,
    })
  }
})

test('a rotation policy that contradicts itself is refused with the place', async () => {
  const door = await doorUnderTest()
  await createKey(door, 'k')
  const rotate = (trigger: unknown) => ({ trigger, action: { type: 'Rotate' } })
  const trigger = 'lifetimeActions[0].trigger'
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{ lifetimeActions: {} }, says('lifetimeActions', /It must be a JSON array/)],
    [{ lifetimeActions: ['x'] }, says('lifetimeActions[0]', /It must be a JSON object/)],
    [{ lifetimeActions: [{ trigger: {} }] }, says('lifetimeActions[0].action', /It must be given/)],
    [{ lifetimeActions: [{ action: { type: 'Destroy' } }] }, says('lifetimeActions[0].action.type', /It must be Rotate or Notify/)],
    [{ lifetimeActions: [rotate(null)] }, says(trigger, /Give either/)],
    [{ lifetimeActions: [rotate({ timeAfterCreate: '', timeBeforeExpiry: null })] }, says(trigger, /Give either/)],
    [{ lifetimeActions: [rotate({ timeAfterCreate: 'P1D' })] }, says(`${trigger}.timeAfterCreate`, /It must be at least 7 days/)],
    [{ lifetimeActions: [rotate({ timeAfterCreate: '90 days' })] }, says(`${trigger}.timeAfterCreate`, /It must be an ISO 8601 duration/)],
    [{ lifetimeActions: [rotate({ timeBeforeExpiry: 'P30D' })] }, says(`${trigger}.timeBeforeExpiry`, /Give attributes\.expiryTime too/)],
    [{ attributes: { expiryTime: 'P1D' } }, says('attributes.expiryTime', /It must be at least 28 days/)],
    [{ attributes: { expiryTime: 5 } }, says('attributes.expiryTime', /It must be a string/)],
    [{ lifetimeActions: [rotate({ timeAfterCreate: 'P30D' }), rotate({ timeAfterCreate: 'P30D' })] }, says('lifetimeActions', /It may have one action of type Rotate/)],
  ]
  for (const [body, message] of wrong) {
    assertRefused(await door.call('PUT', '/keys/k/rotationpolicy', { body }), { ...bad, message })
  }
})

test('a number of random octets that cannot be had is refused', async () => {
  const { call } = await doorUnderTest()
  for (const count of [0, -1, 129, 1e15]) {
    const message = says('count', /It must be a whole number from 1 to 128\./)
    assertRefused(await call('POST', '/rng', { body: { count } }), { ...bad, message })
  }
  for (const count of [1.5, '5', [1]]) {
    const message = says('count', /It must be a whole number\./)
    assertRefused(await call('POST', '/rng', { body: { count } }), { ...bad, message })
  }
  assertRefused(await call('POST', '/rng', { body: {} }), { ...bad, message: says('count', /It must be given/) })
})

test('a backup that cannot be read is refused with what to send', async () => {
  const { call } = await doorUnderTest()
  for (const value of ['', 'AAAA', text(randomBytes(200))]) {
    assertRefused(await call('POST', '/keys/restore', { body: { value } }), {
      ...bad,
      message: /^The backup of the key cannot be restored: /,
    })
  }
})
