import assert from 'node:assert/strict'
import { createCipheriv } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  canonicalContext,
  contextData,
  contextDataCandidates,
  encryptionContextOf,
  parseEncryptionContext,
  type EncryptionContext,
} from './encryption-context.ts'

const AB = '8e85be58c1c372ac29fe7bfa80d8ddcbd04a4032c7b51c1c026d67c55b1ab23f'

function parse(text: string): EncryptionContext {
  const context = parseEncryptionContext(text)
  assert.ok(context)
  return context
}

test('the published context has its published digest, whatever the order and the blanks', () => {
  for (const text of ['{"a":"1","b":"2"}', ' { "b" : "2",\n"a":"1" } ']) {
    assert.equal(canonicalContext(parse(text)), 'a=1&b=2')
    assert.equal(contextData(parse(text))?.toHex(), AB)
  }
  const byPairs = encryptionContextOf([['b', '2'], ['a', '1']])
  assert.equal(byPairs && contextData(byPairs)?.toHex(), AB)
})

test('the published ciphertexts come out, bound to the digest and to its hex', () => {
  const key = Uint8Array.from({ length: 32 }, (_, at) => at)
  const iv = Uint8Array.from({ length: 12 }, (_, at) => 0xa0 + at)
  const [digest, hex, text] = contextDataCandidates(parse('{"b":"2","a":"1"}'))
  const tags = [digest, hex].map((data) => {
    assert.ok(data)
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(data)
    assert.equal(Buffer.concat([cipher.update('hello'), cipher.final()]).toHex(), '8e7d10412a')
    return cipher.getAuthTag().toHex()
  })
  assert.deepEqual(tags, ['2320a86696ec3eb8f806300ba1645366', 'bbdb070d3ecfab78e4b29e50458a84ca'])
  assert.equal(Buffer.from(text ?? []).toString(), '{"b":"2","a":"1"}')
})

test('names are sorted by code point, as Python and Go sort them', () => {
  const context = parse('{"\u{1f511}":"1","\uffee":"2","a":"3"}')
  assert.equal(canonicalContext(context), 'a=3&\uffee=2&\u{1f511}=1')
})

test('a context without pairs is no additional data', () => {
  assert.equal(contextData(parse('{}')), undefined)
  assert.deepEqual(contextDataCandidates(parse('{}')), [undefined])
})

test('what is no object of strings is refused', () => {
  const texts = ['', 'x', '[]', 'null', '"a"', '1', '{"a":1}', '{"a":null}', '{"a":{}}', '{"a":"1"']
  for (const text of [...texts, '{"\\ud800":"1"}', '{"a":"\\udfff"}']) {
    assert.equal(parseEncryptionContext(text), undefined, text)
  }
})

test('a name like __proto__ is a name', () => {
  assert.deepEqual(parse('{"__proto__":"1","constructor":"2"}').pairs, [
    ['__proto__', '1'],
    ['constructor', '2'],
  ])
})

test('a context has at most 8192 characters', () => {
  const long = (count: number): string => `{"a":"${'x'.repeat(count - 8)}"}`
  assert.ok(parseEncryptionContext(long(8192)))
  assert.equal(parseEncryptionContext(long(8193)), undefined)
  assert.equal(encryptionContextOf([['a', 'x'.repeat(8191)]]), undefined)
})

test('no text makes the parser throw, and JSON comes back as it was meant', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseEncryptionContext(text)))
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (pairs) => {
      const context = parse(JSON.stringify(pairs))
      assert.deepEqual(new Map(context.pairs), new Map(Object.entries(pairs)))
      assert.deepEqual(context.pairs, encryptionContextOf(Object.entries(pairs))?.pairs)
    }),
  )
})
