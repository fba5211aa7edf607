import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instanceOfHost } from './instance-of-host.ts'

test('the host of an instance names its vault', () => {
  assert.equal(instanceOfHost('kst-orders.cryptoservice.kms.example.com', 'example.com'), 'orders')
})

test('no other host does', () => {
  for (const host of [
    'orders.cryptoservice.kms.example.com',
    'kst-.cryptoservice.kms.example.com',
    'kst-orders.cryptoservice.kms.example.org',
    'kst-orders.cryptoservice.kms.example.com.evil',
    'kst-orders.kms.example.com',
    'cryptoservice.kms.example.com',
  ]) {
    assert.equal(instanceOfHost(host, 'example.com'), undefined, host)
  }
})
