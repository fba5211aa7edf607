import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BadRequestError } from '../../core/index.ts'
import { additionalData } from './additional-data.ts'
import {
  buildCiphertext,
  parseCiphertext,
  withAdvanceHead,
  withoutAdvanceHead,
} from './ciphertext.ts'
import { textEncoding } from './text-encoding.ts'

const BLOB =
  'MTExMTExMTEtMjIyMi00MzMzLTg0NDQtNTU1NTU1NTU1NTU1oKGio6Slpqeoqaqrjn0QQSojIKhmluw+uPgGMAuhZFNm'
const octets = Uint8Array.from(Buffer.from(BLOB, 'base64'))

describe('a ciphertext of the shared gateway', () => {
  it('has the version of the key, the IV and what is sealed', () => {
    const parts = parseCiphertext(octets)
    assert.equal(parts.keyVersionId, '11111111-2222-4333-8444-555555555555')
    assert.equal(Buffer.from(parts.iv).toString('hex'), 'a0a1a2a3a4a5a6a7a8a9aaab')
    assert.equal(parts.sealed.length, 5 + 16)
    assert.deepEqual(buildCiphertext(parts), octets)
  })

  it('is that of an instance behind three octets', () => {
    const own = withAdvanceHead(octets)
    assert.deepEqual([...own.subarray(0, 3)], [0x24, 0, 2])
    assert.deepEqual(withoutAdvanceHead(own), octets)
  })

  it('is none when nothing can be sealed in it', () => {
    assert.throws(() => parseCiphertext(octets.slice(0, 48)), BadRequestError)
  })
})

describe('what a context binds a ciphertext to', () => {
  const text = async (context: string | Record<string, string> | undefined): Promise<string> =>
    Buffer.from(await additionalData(context, false)).toString()

  it('is the hex of a digest over sorted pairs, whatever the order of the text', async () => {
    const digest = '8e85be58c1c372ac29fe7bfa80d8ddcbd04a4032c7b51c1c026d67c55b1ab23f'
    assert.equal(await text({ b: '2', a: '1' }), digest)
    assert.equal(await text('{ "b": "2", "a": "1" }'), digest)
  })

  it('is nothing for no context and for an empty one', async () => {
    assert.deepEqual([await text(undefined), await text(''), await text('{}')], ['', '', ''])
  })

  it('is the text itself for the older operations', async () => {
    const written = await additionalData('{ "b":"2" }', true)
    assert.equal(Buffer.from(written).toString(), '{ "b":"2" }')
    const object = await additionalData({ b: '2' }, true)
    assert.equal(Buffer.from(object).toString(), '{"b":"2"}')
  })

  for (const context of ['[]', '"a"', '{"a":1}', '{', 'null']) {
    it(`is refused for ${context}`, async () => {
      await assert.rejects(text(context), { code: 'InvalidParameter' })
    })
  }
})

describe('a text', () => {
  it('goes as UTF-8, and as what it is told', () => {
    assert.deepEqual(textEncoding().encode('密'), Uint8Array.of(0xe5, 0xaf, 0x86))
    assert.deepEqual(textEncoding('gbk').encode('a密'), Uint8Array.of(0x61, 0xc3, 0xdc))
    for (const name of ['utf8', 'gbk', 'big5', 'shift_jis', 'windows-1252']) {
      const encoding = textEncoding(name)
      const written = name === 'windows-1252' ? 'Ärger €' : 'key 中文'
      assert.equal(encoding.decode(encoding.encode(written)), written, name)
    }
  })

  it('is refused where the encoding has not its characters, without saying which', () => {
    const { encode, decode } = textEncoding('gbk')
    const message = 'The plaintext has a character that gbk lacks.'
    assert.throws(() => encode('🔑'), { name: 'BadRequestError', message })
    assert.throws(() => decode(Uint8Array.of(0xff, 0xff)), BadRequestError)
    assert.throws(() => textEncoding('klingon'), TypeError)
  })
})
