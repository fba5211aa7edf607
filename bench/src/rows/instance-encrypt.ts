import { createCipheriv, randomBytes } from 'node:crypto'
import { Secret } from '@claviger/vault'
import { AES_KEY, importBenchKey } from './bench-keys.ts'
import { foundKey } from './found-key.ts'
import { instanceRequest, instanceSignature } from './instance-request.ts'
import type { Row } from './row.ts'

const KEY = 'key-bench0instance0aes256'
const PLAINTEXT = Buffer.alloc(32, 'encrypted at an instance ')
const IV_BYTES = 12

/** 32 octets encrypted with AES-256-GCM at the gateway of an instance. */
export const instanceEncrypt: Row = {
  name: 'instance-encrypt',
  target: 0.7,
  request: (load) => instanceRequest(load, 'Encrypt', { KeyId: KEY, Plaintext: PLAINTEXT }),
  signature: () => instanceSignature('Encrypt'),
  prepare: (vault) => importBenchKey(vault, KEY, { kty: 'oct', k: AES_KEY }),
  perform: async (vault, call) =>
    vault.keys.encrypt(call, {
      key: { ...(await foundKey(vault, KEY)), first: true },
      algorithm: 'A256GCM',
      plaintext: new Secret(Uint8Array.from(PLAINTEXT)),
    }),
  operation: async () => () => {
    const cipher = createCipheriv('aes-256-gcm', AES_KEY, randomBytes(IV_BYTES))
    const ciphertext = Buffer.concat([cipher.update(PLAINTEXT), cipher.final()])
    return [ciphertext, cipher.getAuthTag()]
  },
}
