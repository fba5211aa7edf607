import assert from 'node:assert/strict'
import { createSecretKey } from 'node:crypto'
import { test } from 'node:test'
import { recordKeyOf } from '../store/record-key.ts'
import { decodeContent } from './content-frame.ts'
import { RECORD } from './envelope.ts'
import { mintSealed } from './mint-sealed.ts'
import { openStored } from './open-stored.ts'

// Made from the description in ADR 9 with Python's hmac and its package cryptography, not with this
// code: as long as it opens, stores of the first release can be read.
const DATA_KEY = createSecretKey(Buffer.from(Array.from({ length: 32 }, (_, octet) => octet)))
const BODY =
  '0100000003' +
  '6465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f80818283' +
  '6212730e00021a135d59a7a2cac3c5a22297cde5ac30'
const WITNESS = '845ba79e37d08fd780861266ea780359'

test('a record that another implementation sealed by the description opens', () => {
  const record = {
    key: recordKeyOf('t1', 'v', 'vid', 'secret', 'name'),
    version: 5,
    body: mintSealed(Buffer.from(BODY, 'hex')),
    witness: Buffer.from(WITNESS, 'hex'),
  }
  const parentOf = (generation: number) => (generation === 3 ? DATA_KEY : undefined)
  const content = decodeContent(openStored(RECORD, parentOf, record))
  assert.deepEqual(content?.meta, { a: 1 })
  assert.equal(Buffer.from(content.secret?.reveal() ?? []).toString(), 'top secret')
})
