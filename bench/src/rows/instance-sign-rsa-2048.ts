import { createHash, sign } from 'node:crypto'
import { importBenchKey, numbersOf, RSA_KEY } from './bench-keys.ts'
import { foundKey } from './found-key.ts'
import { instanceRequest, instanceSignature } from './instance-request.ts'
import type { Row } from './row.ts'

const KEY = 'key-bench0instance0rsa204'
const MESSAGE = Buffer.from('what is signed in the bench')
const DIGEST = createHash('sha256').update(MESSAGE).digest()

/** A signature with RSA of 2048 bits at the gateway of an instance. */
export const instanceSignRsa2048: Row = {
  name: 'instance-sign-rsa-2048',
  target: 0.7,
  request: (load) =>
    instanceRequest(load, 'Sign', {
      KeyId: KEY,
      Algorithm: 'RSA_PKCS1_SHA_256',
      Message: DIGEST,
      MessageType: 'DIGEST',
    }),
  signature: () => instanceSignature('Sign'),
  prepare: (vault) => importBenchKey(vault, KEY, numbersOf(RSA_KEY)),
  perform: async (vault, call) =>
    vault.keys.sign(call, {
      key: await foundKey(vault, KEY),
      algorithm: 'RS256',
      digest: DIGEST,
    }),
  operation: async () => () =>
    new Promise((resolve, reject) => {
      sign('sha256', MESSAGE, RSA_KEY, (error, signature) =>
        error === null ? resolve(signature) : reject(error))
    }),
}
