import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { CbcRow, EcbRow, EncryptionRow, GcmRow } from '../../crypto/algorithm-rows.ts'
import { ENCRYPTIONS, type EncryptionAlgorithm } from '../../crypto/algorithms.ts'
import type { KeyHandle, PlainInput, Provider } from '../../crypto/provider.ts'
import type { ContractProvider } from './contract-provider.ts'
import { flip } from './flip.ts'
import { fits, KeySet, SPECS } from './key-set.ts'
import { assertRefused } from './refusals.ts'
import { sm2Tests } from './sm2.contract.ts'

const ROWS = Object.entries(ENCRYPTIONS) as readonly [EncryptionAlgorithm, EncryptionRow][]

/** What each test of an algorithm needs. */
export interface EncryptionBench {
  readonly algorithm: EncryptionAlgorithm
  /** The provider and a key that fits. */
  readonly ready: () => Promise<{ provider: Provider; key: KeyHandle; keys: KeySet }>
}

/** Encrypting and decrypting, for each row of the table. */
export function encryptionContract(name: string, open: () => Promise<ContractProvider>): void {
  describe(`${name}: encryption`, () => {
    let opened: ContractProvider
    let keys: KeySet
    before(async () => {
      opened = await open()
      keys = new KeySet(opened.provider)
    })
    after(() => opened.close())

    for (const [algorithm, row] of ROWS) {
      describe(algorithm, () => {
        const ready: EncryptionBench['ready'] = async () => ({
          provider: opened.provider,
          key: await keys.for(row),
          keys,
        })
        commonTests({ algorithm, ready }, row)
        if (row.keyType === 'RSA') rsaTests({ algorithm, ready })
        else if (row.keyType === 'EC') sm2Tests({ algorithm, ready }, row)
        else if (row.mode === 'gcm') gcmTests({ algorithm, ready }, row)
        else blockTests({ algorithm, ready }, row)
      })
    }
  })
}

function plainInput(row: EncryptionRow, plaintext: Uint8Array): PlainInput {
  const needsIv = 'mode' in row && row.mode === 'cbc'
  return needsIv ? { plaintext, iv: randomBytes(row.ivBytes) } : { plaintext }
}

/** Lengths that may be encrypted, from the shortest to a long one. */
function lengthsFor(row: EncryptionRow): readonly number[] {
  if (row.keyType === 'RSA') return [0, 1, 15, 16, 17, 256 - row.overheadBytes]
  if (row.keyType === 'EC') return [1, 15, 16, 17, 32, 256, row.maximumInputBytes]
  return 'padded' in row && !row.padded ? [0, 16, 32, 4096] : [0, 1, 15, 16, 17, 4096]
}

function commonTests({ algorithm, ready }: EncryptionBench, row: EncryptionRow): void {
  it('decrypts what it has encrypted, of every length that fits', async () => {
    const { provider, key } = await ready()
    for (const length of lengthsFor(row)) {
      const plaintext = randomBytes(length)
      const encrypted = await provider.encrypt(key, algorithm, plainInput(row, plaintext))
      assert.deepEqual(Buffer.from(await provider.decrypt(key, algorithm, encrypted)), plaintext)
    }
  })

  it('refuses keys of another type or size, in both directions', async () => {
    const { provider, keys } = await ready()
    for (const spec of SPECS.filter((spec) => !fits(spec, row))) {
      const key = await keys.of(spec)
      const input = plainInput(row, randomBytes(16))
      await assertRefused(provider.encrypt(key, algorithm, input), 'AlgorithmUnfit')
      const ciphertext = randomBytes(16)
      await assertRefused(provider.decrypt(key, algorithm, { ciphertext }), 'AlgorithmUnfit')
    }
  })

  it('serves many at once without mixing them up', async () => {
    const { provider, key } = await ready()
    const plaintexts = Array.from({ length: 24 }, () => randomBytes(32))
    const found = await Promise.all(
      plaintexts.map(async (plaintext) => {
        const encrypted = await provider.encrypt(key, algorithm, plainInput(row, plaintext))
        return Buffer.from(await provider.decrypt(key, algorithm, encrypted))
      }),
    )
    assert.deepEqual(found, plaintexts)
  })
}

function rsaTests({ algorithm, ready }: EncryptionBench): void {
  const row = ENCRYPTIONS[algorithm]

  it('refuses a plaintext that is too long for the key', async () => {
    const { provider, key } = await ready()
    const longest = 256 - ('overheadBytes' in row ? row.overheadBytes : 0)
    const refused = provider.encrypt(key, algorithm, { plaintext: randomBytes(longest + 1) })
    await assertRefused(refused, 'InvalidInput', 'value')
  })

  it('takes neither iv nor tag nor additional data, and says so', async () => {
    const { provider, key } = await ready()
    const octets = randomBytes(16)
    const plain = { plaintext: octets }
    await assertRefused(provider.encrypt(key, algorithm, { ...plain, iv: octets }), 'InvalidInput', 'iv')
    const withData = { ...plain, additionalData: octets }
    await assertRefused(provider.encrypt(key, algorithm, withData), 'InvalidInput', 'aad')
    const cipher = { ciphertext: randomBytes(256) }
    await assertRefused(provider.decrypt(key, algorithm, { ...cipher, tag: octets }), 'InvalidInput', 'tag')
  })

  it('never gives the plaintext of a ciphertext that was changed', async () => {
    const { provider, key } = await ready()
    const plaintext = randomBytes(32)
    const { ciphertext } = await provider.encrypt(key, algorithm, { plaintext })
    for (const at of [0, 100, -1]) {
      const changed = provider.decrypt(key, algorithm, { ciphertext: flip(ciphertext, at) })
      if ('padding' in row && row.padding === 'oaep') await assertRefused(changed, 'DecryptionFailed')
      else assert.notDeepEqual(await changed.then((octets) => Buffer.from(octets), () => undefined), plaintext)
    }
  })

  it('refuses a ciphertext of another length, or not below the modulus, with the one fault', async () => {
    const { provider, key } = await ready()
    const wrong = [0, 1, 255, 257, 512].map((length) => new Uint8Array(length).fill(1))
    for (const ciphertext of [...wrong, new Uint8Array(256).fill(255)]) {
      await assertRefused(provider.decrypt(key, algorithm, { ciphertext }), 'DecryptionFailed')
    }
  })
}

function gcmTests({ algorithm, ready }: EncryptionBench, row: GcmRow): void {
  it('makes an IV of 96 bits where none is given, never the same, and takes one that is', async () => {
    const { provider, key } = await ready()
    const plaintext = randomBytes(20)
    const ivs = new Set<string>()
    for (let round = 0; round < 100; round++) {
      const { iv, tag } = await provider.encrypt(key, algorithm, { plaintext })
      assert.equal(iv?.byteLength, row.ivBytes)
      assert.equal(tag?.byteLength, row.tagBytes)
      ivs.add(Buffer.from(iv).toString('hex'))
    }
    assert.equal(ivs.size, 100)
    const iv = randomBytes(row.ivBytes)
    const given = await provider.encrypt(key, algorithm, { plaintext, iv })
    assert.deepEqual(Buffer.from(given.iv ?? []), iv)
    assert.deepEqual(await provider.encrypt(key, algorithm, { plaintext, iv }), given)
  })

  it('refuses what was changed in any part, with the one fault', async () => {
    const { provider, key } = await ready()
    const additionalData = randomBytes(7)
    const plain = { plaintext: randomBytes(20), additionalData }
    const sealed = { ...(await provider.encrypt(key, algorithm, plain)), additionalData }
    assert.deepEqual(Buffer.from(await provider.decrypt(key, algorithm, sealed)), plain.plaintext)
    const { additionalData: _, ...without } = sealed
    const changed = [
      without,
      { ...sealed, additionalData: new Uint8Array(0) },
      { ...sealed, additionalData: flip(additionalData, 0) },
      { ...sealed, ciphertext: flip(sealed.ciphertext, 0) },
      { ...sealed, ciphertext: sealed.ciphertext.subarray(1) },
      { ...sealed, ciphertext: new Uint8Array(0) },
      { ...sealed, iv: flip(sealed.iv ?? new Uint8Array(row.ivBytes), 3) },
      { ...sealed, tag: flip(sealed.tag ?? new Uint8Array(row.tagBytes), -1) },
    ]
    for (const input of changed) {
      await assertRefused(provider.decrypt(key, algorithm, input), 'DecryptionFailed')
    }
  })

  it('refuses an IV or a tag that is missing or of another length', async () => {
    const { provider, key } = await ready()
    const plaintext = randomBytes(20)
    const { iv, tag, ...rest } = await provider.encrypt(key, algorithm, { plaintext })
    assert.ok(iv !== undefined && tag !== undefined)
    for (const wrong of [0, 8, 11, 13, 16].map((length) => new Uint8Array(length))) {
      await assertRefused(provider.encrypt(key, algorithm, { plaintext, iv: wrong }), 'InvalidInput', 'iv')
      await assertRefused(provider.decrypt(key, algorithm, { ...rest, tag, iv: wrong }), 'InvalidInput', 'iv')
    }
    for (const wrong of [new Uint8Array(0), tag.subarray(4), tag.subarray(0, 15), new Uint8Array(17)]) {
      await assertRefused(provider.decrypt(key, algorithm, { ...rest, iv, tag: wrong }), 'InvalidInput', 'tag')
    }
    await assertRefused(provider.decrypt(key, algorithm, { ...rest, tag }), 'InvalidInput', 'iv')
    await assertRefused(provider.decrypt(key, algorithm, { ...rest, iv }), 'InvalidInput', 'tag')
  })
}

function blockTests({ algorithm, ready }: EncryptionBench, row: CbcRow | EcbRow): void {
  it('takes an IV of one block or none at all, as its mode has it', async () => {
    const { provider, key } = await ready()
    const octets = randomBytes(32)
    const lengths = row.mode === 'cbc' ? [0, 12, 15, 17] : [0, 12, 16]
    const wrong = lengths.map((length) => ({ iv: new Uint8Array(length) }))
    for (const iv of row.mode === 'cbc' ? [{}, ...wrong] : wrong) {
      await assertRefused(provider.encrypt(key, algorithm, { plaintext: octets, ...iv }), 'InvalidInput', 'iv')
      await assertRefused(provider.decrypt(key, algorithm, { ciphertext: octets, ...iv }), 'InvalidInput', 'iv')
    }
  })

  it('makes an IV when it is told to, never the same, and none where there is none', async () => {
    const { provider, key } = await ready()
    const plaintext = randomBytes(32)
    const ivs = new Set<string>()
    for (let round = 0; round < 20; round++) {
      const encrypted = await provider.encrypt(key, algorithm, { plaintext, makesIv: true })
      assert.deepEqual(Buffer.from(await provider.decrypt(key, algorithm, encrypted)), plaintext)
      ivs.add(Buffer.from(encrypted.iv ?? []).toString('hex'))
    }
    assert.equal(ivs.size, row.mode === 'cbc' ? 20 : 1)
    const iv = randomBytes(16)
    if (row.mode === 'ecb') return
    const given = await provider.encrypt(key, algorithm, { plaintext, iv, makesIv: true })
    assert.deepEqual(Buffer.from(given.iv ?? []), iv)
  })

  it('takes neither tag nor additional data, which it would not authenticate', async () => {
    const { provider, key } = await ready()
    const octets = randomBytes(16)
    const plain = { ...plainInput(row, octets), additionalData: octets }
    await assertRefused(provider.encrypt(key, algorithm, plain), 'InvalidInput', 'aad')
    const cipher = { ciphertext: octets, tag: octets, ...(row.mode === 'cbc' ? { iv: octets } : {}) }
    await assertRefused(provider.decrypt(key, algorithm, cipher), 'InvalidInput', 'tag')
  })

  if (row.padded) {
    it('pads as PKCS #7 says, before it does what the algorithm without padding does', async () => {
      const { provider, key } = await ready()
      for (const length of [0, 1, 15, 16, 31]) {
        const input = plainInput(row, randomBytes(length))
        const missing = 16 - (length % 16)
        const whole = Buffer.concat([input.plaintext, Buffer.alloc(missing, missing)])
        const encrypted = await provider.encrypt(key, algorithm, input)
        const unpadded = await provider.encrypt(key, unpaddedTwin(row), { ...input, plaintext: whole })
        assert.deepEqual(encrypted, unpadded)
      }
    })
  } else {
    it('refuses a plaintext that is no whole blocks', async () => {
      const { provider, key } = await ready()
      for (const length of [1, 15, 17]) {
        const refused = provider.encrypt(key, algorithm, plainInput(row, randomBytes(length)))
        await assertRefused(refused, 'InvalidInput', 'value')
      }
    })
  }

  it('tells a wrong length and a wrong padding by one fault with one text', async () => {
    const { provider, key } = await ready()
    const plain = plainInput(row, randomBytes(32))
    const { ciphertext, ...beside } = await provider.encrypt(key, algorithm, plain)
    const lengths = [1, 15, 17, ciphertext.byteLength - 1].map((end) => ciphertext.subarray(0, end))
    // Zero octets end the plaintext: no padding is zero long.
    const unpadded = await rawEncrypted(provider, key, row, beside)
    const wrong = row.padded ? [...lengths, new Uint8Array(0), ...unpadded] : lengths
    for (const input of wrong) {
      const refused = provider.decrypt(key, algorithm, { ...beside, ciphertext: input })
      await assert.rejects(refused, { code: 'DecryptionFailed', detail: { algorithm } })
    }
  })
}

/** The algorithm with the same cipher that does not pad. */
export function unpaddedTwin(row: CbcRow | EcbRow): EncryptionAlgorithm {
  const [twin] = ROWS.find(([, other]) => 'padded' in other && !other.padded && other.cipher === row.cipher) ?? []
  assert.ok(twin !== undefined)
  return twin
}

/** Blocks that end in no padding, made by the algorithm that does not pad. */
async function rawEncrypted(
  provider: Provider,
  key: KeyHandle,
  row: CbcRow | EcbRow,
  beside: Pick<PlainInput, 'iv'>,
): Promise<readonly Uint8Array[]> {
  const ends = [[0], [17], [3, 2, 3], [16], [255]]
  return Promise.all(
    ends.map(async (end) => {
      const plaintext = new Uint8Array(32)
      plaintext.set(end, 32 - end.length)
      return (await provider.encrypt(key, unpaddedTwin(row), { plaintext, ...beside })).ciphertext
    }),
  )
}
