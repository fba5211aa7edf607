import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addressGroup } from './address-group.ts'

for (const [address, group] of [
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['2001:DB8::1', '2001:db8:0:0::'],
  ['2001:db8:0:0:ffff::', '2001:db8:0:0::'],
  ['fe80::1%eth0', 'fe80:0:0:0::'],
  ['::1', '0:0:0:0::'],
  ['', ''],
] as const) {
  test(`${address || 'nothing'} belongs to ${group || 'nothing'}`, () => {
    assert.equal(addressGroup(address), group)
  })
}

test('however an IPv6 address is written, its group is the same', () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
      assert.equal(addressGroup(address), addressGroup(canonical))
    }),
  )
})
