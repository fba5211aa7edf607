import type { EcCurve } from '../key-spec.ts'
import type { EcSignatureRow } from '../algorithm-rows.ts'
import type { CallQueue } from './call-queue.ts'
import { derFromJoined, joinedFromDer, maximumDerBytes } from './ecdsa-signature.ts'
import type { EvpKey } from './evp-key.ts'

/**
 * The curve that OpenSSL has assembler for: 20 µs, quicker here than a way to the pool and back.
 * The others take 0.3 to 1.5 ms, as long as RSA, and would hold up everybody else.
 */
const QUICK: EcCurve = 'P-256'

// One for all: a quick signature is made on this thread and copied out in the same step.
const quickDer = Buffer.alloc(maximumDerBytes(32))

/** Signs a digest, on the thread pool unless the curve is quick. */
export async function ecdsaSign(
  key: EvpKey,
  queue: CallQueue,
  row: EcSignatureRow,
  digest: Uint8Array,
): Promise<Uint8Array> {
  const size = row.signatureBytes / 2
  if (row.curve === QUICK) {
    const written = key.transform('sign', row, digest, quickDer)
    return joinedFromDer(quickDer.subarray(0, written), size)
  }
  const der = Buffer.alloc(maximumDerBytes(size))
  const written = await key.transformOnPool(queue, 'sign', row, digest, der)
  if (written === undefined) throw new Error('OpenSSL failed to sign')
  return joinedFromDer(der.subarray(0, written), size)
}

/**
 * Tells whether the signature is right, on the thread pool unless the curve is quick; one of
 * another length is not.
 */
export async function ecdsaVerify(
  key: EvpKey,
  queue: CallQueue,
  row: EcSignatureRow,
  digest: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (signature.byteLength !== row.signatureBytes) return false
  const der = derFromJoined(signature)
  return row.curve === QUICK
    ? key.verify(row, digest, der)
    : key.verifyOnPool(queue, row, digest, der)
}
