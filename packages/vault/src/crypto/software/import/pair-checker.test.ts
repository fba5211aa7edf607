import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { it } from 'node:test'
import { CallQueue } from '../call-queue.ts'
import { loadOpenssl } from '../openssl.ts'
import { importEc } from './import-ec.ts'
import { PairChecker } from './pair-checker.ts'

it('looks through an EC key while RSA keys are made and checked', async () => {
  const rsa = new CallQueue(1)
  let end = (): void => {}
  const making = rsa.run(() => new Promise<void>((resolve) => (end = resolve)))
  const checker = new PairChecker(await loadOpenssl(), { rsa, ec: new CallQueue(1) })
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' })
  const [xOctets, yOctets, dOctets] = [octets(x), octets(y), octets(d)]
  const numbers = { kty: 'EC', crv: 'P-256', x: xOctets, y: yOctets, d: dOctets } as const
  const made = await importEc(numbers, checker)
  assert.deepEqual(made.publicKey, { kty: 'EC', crv: 'P-256', x, y })
  end()
  await making
})

function octets(text: string): Uint8Array {
  return Buffer.from(text, 'base64url')
}
