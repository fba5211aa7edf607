import { createHash, sign, verify } from 'node:crypto'
import { importBenchKey, numbersOf, RSA_KEY, RSA_PUBLIC_KEY } from './bench-keys.ts'
import { keyRequest } from './key-request.ts'
import type { Row } from './row.ts'

const KEY = 'bench-verify-rs256'
const MESSAGE = Buffer.from('what is signed in the bench')
const DIGEST = createHash('sha256').update(MESSAGE).digest()
const SIGNATURE = sign('sha256', MESSAGE, RSA_KEY)

/** A check of a signature with RSA of 2048 bits. */
export const verifyRs256: Row = {
  name: 'verify-rs256',
  target: 0.7,
  twoWorkersTarget: 1.4,
  openssl: { arguments: ['rsa2048'], figure: 'rsa verify' },
  request: () =>
    keyRequest(KEY, 'verify', {
      alg: 'RS256',
      digest: DIGEST.toString('base64url'),
      value: SIGNATURE.toString('base64url'),
    }),
  prepare: (vault) => importBenchKey(vault, KEY, numbersOf(RSA_KEY)),
  perform: (vault, call) =>
    vault.keys.verify(call, {
      key: { vault: 'default', name: KEY },
      algorithm: 'RS256',
      digest: DIGEST,
      signature: SIGNATURE,
    }),
  operation: async () => () => verify('sha256', MESSAGE, RSA_PUBLIC_KEY, SIGNATURE),
}
