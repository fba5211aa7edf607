import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hostsBlock, withHosts, withoutHosts } from './hosts-file.ts'

const hosts = ['default.vault.localhost', 'login.localhost']

test('the lines lead every name to the address, eight on a line', () => {
  const many = Array.from({ length: 17 }, (_, index) => `v${index}.vault.localhost`)
  const lines = hostsBlock('127.0.0.1', many).split('\n')
  assert.equal(lines.length, 6)
  assert.equal(lines[3], '127.0.0.1 v16.vault.localhost')
  assert.deepEqual(
    lines.slice(1, 4).flatMap((line) => line.split(' ').slice(1)),
    many,
  )
})

test('they replace those before, and stand on lines of their own', () => {
  const first = withHosts('127.0.0.1 localhost', hostsBlock('127.0.0.1', hosts))
  assert.match(first, /^127\.0\.0\.1 localhost\n# Claviger: begin/)
  const second = withHosts(first, hostsBlock('192.0.2.7', ['a.vault.localhost']))
  assert.doesNotMatch(second, /login\.localhost/)
  assert.match(second, /\n192\.0\.2\.7 a\.vault\.localhost\n# Claviger: end\n$/)
})

test('taken back, the file is as it was', () => {
  const line = fc.string().map((text) => text.replaceAll(/[\n\r]/g, ''))
  const file = fc.array(line).map((lines) => lines.map((one) => `${one}\n`).join(''))
  const property = fc.property(file, file, (before, behind) => {
    const block = hostsBlock('127.0.0.1', hosts)
    assert.equal(withoutHosts(`${withHosts(before, block)}${behind}`), before + behind)
  })
  fc.assert(property)
})
