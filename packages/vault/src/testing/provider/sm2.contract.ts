import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { it } from 'node:test'
import type { Sm2EncryptionRow } from '../../crypto/algorithm-rows.ts'
import { sm2JoinedCiphertext } from '../../crypto/software/sm2-ciphertext.ts'
import type { EncryptionBench } from './encryption.contract.ts'
import { flip } from './flip.ts'
import { assertRefused } from './refusals.ts'

/** What the public key encryption of SM2 does besides what every algorithm does. */
export function sm2Tests({ algorithm, ready }: EncryptionBench, row: Sm2EncryptionRow): void {
  it('refuses a plaintext that is empty or too long', async () => {
    const { provider, key } = await ready()
    for (const length of [0, row.maximumInputBytes + 1, 100_000]) {
      const refused = provider.encrypt(key, algorithm, { plaintext: new Uint8Array(length) })
      await assertRefused(refused, 'InvalidInput', 'value')
    }
  })

  it('takes neither iv nor tag nor additional data, and says so', async () => {
    const { provider, key } = await ready()
    const octets = randomBytes(16)
    const plain = { plaintext: octets }
    await assertRefused(provider.encrypt(key, algorithm, { ...plain, iv: octets }), 'InvalidInput', 'iv')
    const withData = { ...plain, additionalData: octets }
    await assertRefused(provider.encrypt(key, algorithm, withData), 'InvalidInput', 'aad')
    const cipher = await provider.encrypt(key, algorithm, plain)
    await assertRefused(provider.decrypt(key, algorithm, { ...cipher, tag: octets }), 'InvalidInput', 'tag')
    await assertRefused(provider.decrypt(key, algorithm, { ...cipher, iv: octets }), 'InvalidInput', 'iv')
  })

  it('makes another ciphertext each time, in DER, and decrypts it side by side too', async () => {
    const { provider, key } = await ready()
    const plaintext = randomBytes(20)
    const seen = new Set<string>()
    // Enough rounds for numbers of the point that begin with zeros, or with their top bit set.
    for (let round = 0; round < 600; round++) {
      const { ciphertext } = await provider.encrypt(key, algorithm, { plaintext })
      assert.equal(ciphertext[0], 0x30)
      const joined = sm2JoinedCiphertext(ciphertext)
      assert.equal(joined.byteLength, 97 + plaintext.byteLength)
      seen.add(Buffer.from(joined).toString('hex'))
      // Shorter than this, a number of the point has begun with a zero: those are all looked at.
      if (round % 4 > 0 && ciphertext.byteLength >= 126) continue
      for (const form of [ciphertext, joined]) {
        const opened = await provider.decrypt(key, algorithm, { ciphertext: form })
        assert.deepEqual(Buffer.from(opened), plaintext)
      }
    }
    assert.equal(seen.size, 600)
  })

  it('refuses a ciphertext that was changed anywhere, in either form, with the one fault', async () => {
    const { provider, key } = await ready()
    const { ciphertext } = await provider.encrypt(key, algorithm, { plaintext: randomBytes(3) })
    for (const form of [ciphertext, sm2JoinedCiphertext(ciphertext)]) {
      for (let at = 0; at < form.byteLength; at++) {
        await assertRefused(provider.decrypt(key, algorithm, { ciphertext: flip(form, at) }), 'DecryptionFailed')
      }
      const others = [
        form.subarray(1),
        form.subarray(0, -1),
        form.subarray(0, -3),
        Buffer.concat([form, Uint8Array.of(0)]),
        Buffer.concat([Uint8Array.of(0), form]),
      ]
      for (const other of others) {
        await assertRefused(provider.decrypt(key, algorithm, { ciphertext: other }), 'DecryptionFailed')
      }
    }
  })

  it('refuses what is no ciphertext of its key, with the one fault', async () => {
    const { provider, key } = await ready()
    const lengths = [0, 1, 2, 97, 98, 120, 6_144, 7_000, 70_000]
    const none = lengths.flatMap((length) =>
      [0, 0x04, 0x30, 0xff].map((first) => randomBytes(length).map((octet, at) => (at === 0 ? first : octet))),
    )
    for (const ciphertext of [...none, ...malformedDer()]) {
      await assertRefused(provider.decrypt(key, algorithm, { ciphertext }), 'DecryptionFailed')
    }
  })
}

/** Almost DER: lengths that lie, numbers that are negative, missing, too long or padded. */
function malformedDer(): readonly Uint8Array[] {
  const element = (tag: number, content: Uint8Array): Buffer =>
    Buffer.concat([Uint8Array.of(tag, content.byteLength), content])
  const number = (length: number, first: number): Buffer =>
    element(2, new Uint8Array(length).fill(1).fill(first, 0, 1))
  const octets = (length: number): Buffer => element(4, new Uint8Array(length))
  const whole = (...parts: readonly Uint8Array[]): Buffer => element(0x30, Buffer.concat(parts))
  return [
    whole(),
    whole(number(32, 1), number(32, 1), octets(32)),
    whole(number(32, 1), number(32, 1), octets(31), octets(4)),
    whole(number(32, 1), number(32, 1), octets(32), octets(0)),
    whole(number(32, 255), number(32, 1), octets(32), octets(4)),
    whole(number(33, 0), number(33, 0), octets(32), octets(4)),
    whole(number(34, 1), number(1, 0), octets(32), octets(4)),
    whole(number(1, 0), number(1, 0), octets(32), octets(4)),
    whole(octets(32), number(32, 1), octets(32), octets(4)),
    whole(number(32, 1), number(32, 1), octets(32), octets(4), octets(1)),
    Uint8Array.of(0x30, 0x80, 0, 0),
    Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff),
    Uint8Array.of(0x30),
  ]
}
