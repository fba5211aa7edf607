import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inNetworks, isAddress, parseNetwork, type Network } from './network.ts'

function network(text: string): Network {
  const parsed = parseNetwork(text)
  assert.ok(parsed !== undefined, text)
  return parsed
}

for (const [range, inside, outside] of [
  ['10.1.2.3', ['10.1.2.3', '::ffff:10.1.2.3', '::FFFF:0a01:0203'], ['10.1.2.4', '::10.1.2.3', '']],
  ['10.1.2.3/24', ['10.1.2.0', '10.1.2.255'], ['10.1.3.0', '10.1.1.255', '2001:db8::1']],
  ['0.0.0.0/0', ['0.0.0.0', '255.255.255.255'], ['::1', 'local', '1.2.3', '1.2.3.4.5']],
  ['172.16.0.0/12', ['172.16.0.1', '172.31.255.255'], ['172.32.0.0', '172.15.255.255']],
  ['2001:db8::/32', ['2001:db8::1', '2001:DB8:ffff:ffff:ffff:ffff:ffff:ffff'], ['2001:db9::']],
  ['fe80::1', ['fe80::1', 'fe80::1%eth0', 'FE80:0:0:0:0:0:0:1'], ['fe80::2']],
  ['::/0', ['::', '2001:db8::1'], ['10.0.0.1', '::ffff:10.0.0.1']],
  ['::ffff:10.0.0.0/104', ['10.255.0.1', '::ffff:10.0.0.1'], ['11.0.0.1']],
  ['64:ff9b::192.0.2.33', ['64:ff9b::c000:221'], ['64:ff9b::c000:222', '192.0.2.33']],
] as const) {
  test(`${range} holds its own addresses and no others`, () => {
    for (const address of inside) assert.ok(inNetworks([network(range)], address), address)
    for (const address of outside) assert.ok(!inNetworks([network(range)], address), address)
  })
}

test('one of several networks is enough, of none none', () => {
  const networks = [network('10.0.0.0/8'), network('2001:db8::/32')]
  assert.ok(inNetworks(networks, '2001:db8::5'))
  assert.ok(!inNetworks([], '10.0.0.1'))
})

for (const text of [
  '', ' ', '10', '10.0.0', '10.0.0.256', '010.0.0.1', '10.0.0.1/33', '10.0.0.1/-1', '10.0.0.1/',
  '10.0.0.1/08', '10.0.0.1/8/8', '10.0.0.1 ', '::/129', ':::', '1::2::3', '1:2:3:4:5:6:7', '12345::',
  '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8', 'g::', '::1.2.3', '1.2.3.4::', '::1%eth0', 'localhost',
]) {
  test(`${JSON.stringify(text)} is no network`, () => {
    assert.equal(parseNetwork(text), undefined)
  })
}

test('whatever is read as a network holds the address it was written with', () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6())
  fc.assert(fc.property(address, fc.nat(32), (text, bits) => {
    assert.ok(inNetworks([network(text)], text))
    assert.ok(inNetworks([network(`${text}/${bits}`)], text))
  }))
})

test('nothing that is typed makes it throw', () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f:./%]{0,50}$/))
  fc.assert(fc.property(text, (typed) => {
    parseNetwork(typed)
    inNetworks([network('::/0'), network('0.0.0.0/0')], typed)
  }))
})

test('an address is one of either version, perhaps with a zone, and nothing longer', () => {
  for (const text of ['192.0.2.7', '2001:db8::1', 'fe80::1%eth0']) assert.ok(isAddress(text), text)
  for (const text of ['', 'local', '192.0.2', '10.0.0.0/8', `fe80::1%${'x'.repeat(64)}`]) {
    assert.ok(!isAddress(text), text)
  }
})
