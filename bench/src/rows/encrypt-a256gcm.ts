import { createCipheriv, randomBytes } from 'node:crypto'
import { Secret } from '@claviger/vault'
import { AES_KEY, importBenchKey } from './bench-keys.ts'
import { keyRequest } from './key-request.ts'
import type { Row } from './row.ts'

const KEY = 'bench-a256gcm'
const PLAINTEXT = Buffer.alloc(256, 'what is encrypted in the bench ')
const IV_BYTES = 12

/** 256 octets encrypted with AES-256-GCM under an IV of the server's. */
export const encryptA256gcm: Row = {
  name: 'encrypt-a256gcm',
  target: 0.7,
  twoWorkersTarget: 1.4,
  openssl: { arguments: ['-bytes', '256', '-evp', 'aes-256-gcm'], figure: 'evp' },
  request: () =>
    keyRequest(KEY, 'encrypt', { alg: 'A256GCM', value: PLAINTEXT.toString('base64url') }),
  prepare: (vault) => importBenchKey(vault, KEY, { kty: 'oct', k: AES_KEY }),
  perform: (vault, call) =>
    vault.keys.encrypt(call, {
      key: { vault: 'default', name: KEY },
      algorithm: 'A256GCM',
      plaintext: new Secret(Uint8Array.from(PLAINTEXT)),
    }),
  operation: async () => () => {
    const cipher = createCipheriv('aes-256-gcm', AES_KEY, randomBytes(IV_BYTES))
    const ciphertext = Buffer.concat([cipher.update(PLAINTEXT), cipher.final()])
    return [ciphertext, cipher.getAuthTag()]
  },
}
