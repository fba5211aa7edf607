import { constants, publicEncrypt } from 'node:crypto'
import { Secret } from '@claviger/vault'
import { importBenchKey, numbersOf, RSA_KEY, RSA_PUBLIC_KEY } from './bench-keys.ts'
import { keyRequest } from './key-request.ts'
import type { Row } from './row.ts'

const KEY = 'bench-rsa-oaep-256'
const WRAPPED = Buffer.alloc(32, 'wrapped in the bench')

/** A key of 32 octets wrapped with RSA-OAEP-256, 2048 bits. */
export const wrapRsaOaep256: Row = {
  name: 'wrap-rsa-oaep-256',
  target: 0.7,
  twoWorkersTarget: 1.4,
  request: () =>
    keyRequest(KEY, 'wrapkey', { alg: 'RSA-OAEP-256', value: WRAPPED.toString('base64url') }),
  prepare: (vault) => importBenchKey(vault, KEY, numbersOf(RSA_KEY)),
  perform: (vault, call) =>
    vault.keys.wrapKey(call, {
      key: { vault: 'default', name: KEY },
      algorithm: 'RSA-OAEP-256',
      plaintext: new Secret(Uint8Array.from(WRAPPED)),
    }),
  operation: async () => () =>
    publicEncrypt(
      { key: RSA_PUBLIC_KEY, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
      WRAPPED,
    ),
}
