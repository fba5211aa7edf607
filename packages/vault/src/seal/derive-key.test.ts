import assert from 'node:assert/strict'
import { createSecretKey } from 'node:crypto'
import { test } from 'node:test'
import { deriveKey } from './derive-key.ts'

const PARENT = createSecretKey(Buffer.from(Array.from({ length: 32 }, (_, octet) => octet)))
const CONTEXT = Buffer.from('00112233445566778899aabbccddeeff', 'hex')

test('derives what OpenSSL derives with its KBKDF in counter mode', () => {
  // openssl kdf -keylen 32 -kdfopt mac:HMAC -kdfopt digest:SHA2-256 -kdfopt mode:COUNTER
  //   -kdfopt hexkey:0001…1f -kdfopt salt:'claviger test' -kdfopt hexinfo:0011…ff KBKDF
  const expected = '0c00c6c3e83d3ccbb6ea1115239f4c6902dc73fb9a515913d875badc79295734'
  assert.equal(deriveKey(PARENT, 'claviger test', CONTEXT).toString('hex'), expected)
})

test('gives another key for another label, context or parent', () => {
  const other = createSecretKey(Buffer.alloc(32))
  const keys = [
    deriveKey(PARENT, 'a', CONTEXT),
    deriveKey(PARENT, 'b', CONTEXT),
    deriveKey(PARENT, 'a', CONTEXT.subarray(1)),
    deriveKey(other, 'a', CONTEXT),
  ]
  assert.equal(new Set(keys.map((key) => key.toString('hex'))).size, keys.length)
})
