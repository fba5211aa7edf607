import { createHash, sign } from 'node:crypto'
import { EC_KEY, importBenchKey, numbersOf } from './bench-keys.ts'
import { keyRequest } from './key-request.ts'
import type { Row } from './row.ts'

const KEY = 'bench-es256'
const MESSAGE = Buffer.from('what is signed in the bench')
const DIGEST = createHash('sha256').update(MESSAGE).digest()

/** A signature with EC on P-256. */
export const signEs256: Row = {
  name: 'sign-es256',
  target: 0.7,
  twoWorkersTarget: 1.4,
  openssl: { arguments: ['ecdsap256'], figure: 'ecdsa sign' },
  request: () => keyRequest(KEY, 'sign', { alg: 'ES256', value: DIGEST.toString('base64url') }),
  prepare: (vault) => importBenchKey(vault, KEY, numbersOf(EC_KEY)),
  perform: (vault, call) =>
    vault.keys.sign(call, {
      key: { vault: 'default', name: KEY },
      algorithm: 'ES256',
      digest: DIGEST,
    }),
  operation: async () => () =>
    sign('sha256', MESSAGE, { key: EC_KEY, dsaEncoding: 'ieee-p1363' }),
}
