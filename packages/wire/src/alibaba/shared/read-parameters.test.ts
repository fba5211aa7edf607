import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { KmsRefusal } from './kms-refusal.ts'
import type { RawRequest } from './raw-request.ts'
import { answerFormat, readParameters } from './read-parameters.ts'
import { FORM, rawRequest } from './request-under-test.ts'

const FORM_TYPE: string = FORM['content-type']

const unreadable = (thrown: unknown): boolean =>
  thrown instanceof KmsRefusal && thrown.code === 'ParseRequestParameterException'

function form(body: string | Uint8Array, query = '', type = FORM_TYPE): RawRequest {
  return rawRequest({ query, headers: { 'content-type': type }, body: Buffer.from(body) })
}

test('query and form are one, and of one name the last counts', () => {
  const parameters = readParameters(form('B=form&C=3&C=4', 'A=1&B=query&A=2'))
  assert.deepEqual([...parameters.entries()], [['A', '2'], ['B', 'form'], ['C', '4']])
})

test('a body of another type is no form', () => {
  for (const type of ['application/json; charset=utf-8', 'application/octet-stream', '']) {
    assert.equal(readParameters(form('A=1', '', type)).get('A'), undefined)
  }
  for (const type of ['Application/X-WWW-Form-Urlencoded', `${FORM_TYPE}; charset=UTF-8`]) {
    assert.equal(readParameters(form('A=1', '', type)).get('A'), '1')
  }
})

test('a plus is a space, and everything else is as its escapes say', () => {
  const query = "a+b=c+%2B%20d&%C3%A4=*'()%00&e&=f&&g=h=i"
  const parameters = readParameters(rawRequest({ query }))
  assert.deepEqual([...parameters.entries()], [
    ['a b', 'c + d'],
    ['ä', "*'()\0"],
    ['e', ''],
    ['', 'f'],
    ['g', 'h=i'],
  ])
})

test('lists go by their numbers, and a number that is left out is no member', () => {
  const query = 'R.10=j&R.2=b&R.1=a&R.0=zero&R.01=x&R.1.K=n&R.-1=m&R.1e1=o&R=p&R.99999=q&RR.1=r'
  assert.deepEqual(readParameters(rawRequest({ query })).list('R'), ['a', 'b', 'j'])
})

test('lists of objects have their members by number', () => {
  const query = 'Tag.2.Key=b&Tag.1.Value=1&Tag.1.Key=a&Tag.3=x&Tag.2.Value=&Tag.1.A.B=c'
  const tags = readParameters(rawRequest({ query })).objects('Tag')
  assert.deepEqual(
    tags.map((tag) => [...tag.entries()]),
    [
      [['Value', '1'], ['Key', 'a'], ['A.B', 'c']],
      [['Key', 'b'], ['Value', '']],
    ],
  )
})

test('members of an object keep the dots of their own names', () => {
  const query = 'E.CustomData.a.b=1&E.CustomData.__proto__=2&E.CustomData.=3&E.CustomData=4'
  assert.deepEqual(readParameters(rawRequest({ query })).members('E.CustomData'), [
    ['a.b', '1'],
    ['__proto__', '2'],
  ])
})

test('names that objects inherit are not there', () => {
  const parameters = readParameters(rawRequest({ query: 'a=1' }))
  for (const name of ['constructor', '__proto__', 'toString']) {
    assert.equal(parameters.get(name), undefined)
  }
})

test('broken escapes and octets that are not UTF-8 are refused', () => {
  for (const text of ['a=%', 'a=%4', 'a=%zz', '%e4=1', 'a=%ff%fe', 'a=%ed%a0%80', 'a=%c0%80']) {
    assert.throws(() => readParameters(rawRequest({ query: text })), unreadable, text)
    assert.throws(() => readParameters(form(text)), unreadable, text)
  }
  assert.throws(() => readParameters(form(Buffer.from([0x61, 0x3d, 0xff]))), unreadable)
})

test('too many parameters, names and values that are too long are refused', () => {
  const many = (count: number): string =>
    Array.from({ length: count }, (_, at) => `a${at}=`).join('&')
  assert.equal([...readParameters(rawRequest({ query: many(500) })).entries()].length, 500)
  const bad = [
    rawRequest({ query: many(501) }),
    form(many(251), many(250)),
    rawRequest({ query: '&'.repeat(1_000_000) }),
    rawRequest({ query: `${'a'.repeat(257)}=1` }),
    form(`a=${'b'.repeat(65_537)}`),
  ]
  for (const raw of bad) assert.throws(() => readParameters(raw), unreadable)
})

test('whatever is sent is read or refused', () => {
  const escape = fc.constantFrom('%', '%2', '%25', '%F0%9F', '+', '&', '=', '.1', 'Tag', 'a')
  const part = fc.oneof(escape, fc.string({ unit: 'binary' }))
  const query = fc.array(part).map((parts) => parts.join(''))
  fc.assert(
    fc.property(query, fc.uint8Array(), (query, body) => {
      try {
        const parameters = readParameters({ ...form(body), query })
        parameters.list('Tag')
        parameters.objects('Tag')
      } catch (thrown) {
        assert.ok(unreadable(thrown))
      }
    }),
  )
})

test('the answer is JSON unless XML is asked for', () => {
  const format = (query: string): string => answerFormat(readParameters(rawRequest({ query })))
  assert.deepEqual(['Format=xml', 'Format=XML', 'Format=Xml'].map(format), ['xml', 'xml', 'xml'])
  assert.deepEqual(['', 'Format=JSON', 'Format=json', 'Format='].map(format), Array(4).fill('json'))
})
