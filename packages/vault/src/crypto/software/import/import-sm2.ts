import { createPublicKey } from 'node:crypto'
import type { NewKey, PrivateNumbers } from '../../provider.ts'
import { publicKeyDer } from '../../public-key-der.ts'
import { keyInvalid } from './key-invalid.ts'
import { paddedNumbers } from './padded-numbers.ts'
import type { PairChecker } from './pair-checker.ts'

const SIZE = 32

// PKCS#8 (RFC 5958, RFC 5915) of a key on SM2, which JOSE cannot write: its numbers always have the
// same length, so that all around them is always the same.
const HEAD = '308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420'
const BETWEEN = 'a14403420004'

/**
 * Takes a key on SM2; as with the other curves.
 * @throws Fault KeyInvalid
 */
export async function importSm2(
  numbers: Extract<PrivateNumbers, { kty: 'EC' }>,
  checker: PairChecker,
): Promise<NewKey> {
  const { x, y, d } = paddedNumbers(numbers, 'SM2', SIZE)
  assertOnCurve(x, y)
  const head = Buffer.from(HEAD, 'hex')
  const pkcs8 = Buffer.concat([head, d, Buffer.from(BETWEEN, 'hex'), x, y])
  const key = { key: pkcs8, type: 'pkcs8', format: 'der' } as const
  const reason = 'its number d does not belong to the point x, y'
  try {
    return await checker.checked({ type: 'EC', curve: 'SM2' }, key, reason)
  } finally {
    d.fill(0)
    pkcs8.fill(0)
  }
}

function assertOnCurve(x: Buffer, y: Buffer): void {
  const [textX, textY] = [x.toString('base64url'), y.toString('base64url')]
  const key = publicKeyDer({ kty: 'EC', crv: 'SM2', x: textX, y: textY })
  try {
    createPublicKey({ key, type: 'spki', format: 'der' })
  } catch {
    throw keyInvalid('its point x, y is not on the curve SM2')
  }
}
