import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseSinkPlaces } from './sink-place.ts'

test('sinks are URLs and files, each with a name', () => {
  const text =
    'siem=https://Logs.example.com/audit, agent=http://127.0.0.1:9000/x,a=file:/var/log/../audit.jsonl,b=file:///b=c'
  assert.deepEqual(parseSinkPlaces(text), [
    { name: 'siem', url: 'https://logs.example.com/audit' },
    { name: 'agent', url: 'http://127.0.0.1:9000/x' },
    { name: 'a', file: '/var/audit.jsonl' },
    { name: 'b', file: '/b=c' },
  ])
  for (const host of ['localhost', '[::1]']) {
    assert.equal(parseSinkPlaces(`a=http://${host}/`)?.length, 1)
  }
})

test('what is none, is there twice, or could carry a secret is refused', () => {
  for (const text of [
    'siem',
    'siem=',
    '=https://a.example',
    'SIEM=https://a.example',
    '-a=https://a.example',
    `${'a'.repeat(65)}=https://a.example`,
    'a=http://a.example/',
    'a=ftp://a.example/',
    'a=https://user@a.example/',
    'a=https://a.example/?token=1',
    'a=https://a.example/#x',
    'a=file:relative.jsonl',
    'a=file:/a\0b',
    'a=https://a.example,a=https://b.example',
    'a=https://a.example,',
    'a=https://a.example,b=https://A.example/',
    'a=file:/x/audit.jsonl,b=file:/x/y/../audit.jsonl',
    Array.from({ length: 17 }, (_, index) => `s${index}=file:/s${index}`).join(),
  ]) {
    assert.equal(parseSinkPlaces(text), undefined, text)
  }
})

test('noise is refused or gives places that are plain', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const place of parseSinkPlaces(`a=${text}`) ?? []) {
        assert.ok('file' in place ? place.file.startsWith('/') : !/[?#@]/.test(place.url))
      }
    }),
  )
})
