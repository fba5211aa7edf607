import { createCipheriv, randomBytes } from 'node:crypto'
import { AES_KEY, importBenchKey } from './bench-keys.ts'
import { foundKey } from './found-key.ts'
import type { Row } from './row.ts'
import { sharedRequests, sharedSignature } from './shared-requests.ts'

const KEY = 'key-bench0shared0data0key'
const BYTES = 32
const IV_BYTES = 12
const PARAMETERS = { Action: 'GenerateDataKey', KeyId: KEY, KeySpec: 'AES_256' } as const

/** A data key of 32 octets from the shared gateway, under AES-256-GCM. */
export const sharedGenerateDataKey: Row = {
  name: 'shared-generate-data-key',
  target: 0.7,
  request: (load) => sharedRequests(load, PARAMETERS),
  signature: () => sharedSignature(PARAMETERS),
  prepare: (vault) => importBenchKey(vault, KEY, { kty: 'oct', k: AES_KEY }),
  perform: async (vault, call) =>
    vault.keys.generateDataKey(call, {
      key: await foundKey(vault, KEY),
      algorithm: 'A256GCM',
      count: BYTES,
      form: 'base64',
    }),
  operation: async () => () => {
    // This gateway encrypts the text that it answers with.
    const text = randomBytes(BYTES).toString('base64')
    const cipher = createCipheriv('aes-256-gcm', AES_KEY, randomBytes(IV_BYTES))
    return [cipher.update(text), cipher.final(), cipher.getAuthTag()]
  },
}
