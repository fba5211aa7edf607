import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSpeed } from './openssl-speed.ts'

test('The figures of openssl speed are read, whichever release wrote them.', () => {
  const rsa = '+DTP:2048:private:rsa:1\n+F2:2:2048:4273.000000:71204.000000\n'
  assert.equal(readSpeed(rsa, 'rsa sign', NaN), 4273)
  assert.equal(readSpeed(rsa, 'rsa verify', NaN), 71_204)
  assert.equal(readSpeed('+F2:2:2048:0.000250:0.0000125\n', 'rsa verify', NaN), 80_000)
  assert.equal(readSpeed('+F4:3:256:66267.3:22641.0\n', 'ecdsa sign', NaN), 66_267.3)
  assert.equal(readSpeed('+H:256\n+F:25:AES-256-GCM:256000.00\n', 'evp', 256), 1000)
})

test('What openssl does not say is not made up.', () => {
  assert.equal(readSpeed('', 'rsa sign', NaN), undefined)
  assert.equal(readSpeed('+F2:2:2048:x:y', 'rsa sign', NaN), undefined)
})
