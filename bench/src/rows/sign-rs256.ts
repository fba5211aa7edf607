import { createHash, sign } from 'node:crypto'
import { importBenchKey, numbersOf, RSA_KEY } from './bench-keys.ts'
import { keyRequest } from './key-request.ts'
import type { Row } from './row.ts'

const KEY = 'bench-rs256'
const MESSAGE = Buffer.from('what is signed in the bench')
const DIGEST = createHash('sha256').update(MESSAGE).digest()

/** A signature with RSA of 2048 bits. */
export const signRs256: Row = {
  name: 'sign-rs256',
  target: 0.8,
  operationTarget: 0.75,
  twoWorkersTarget: 1.4,
  openssl: { arguments: ['rsa2048'], figure: 'rsa sign' },
  request: () => keyRequest(KEY, 'sign', { alg: 'RS256', value: DIGEST.toString('base64url') }),
  prepare: (vault) => importBenchKey(vault, KEY, numbersOf(RSA_KEY)),
  perform: (vault, call) =>
    vault.keys.sign(call, {
      key: { vault: 'default', name: KEY },
      algorithm: 'RS256',
      digest: DIGEST,
    }),
  operation: async () => () =>
    new Promise((resolve, reject) => {
      sign('sha256', MESSAGE, RSA_KEY, (error, signature) =>
        error === null ? resolve(signature) : reject(error))
    }),
}
