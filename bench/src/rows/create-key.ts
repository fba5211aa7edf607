import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { API_VERSION } from './api-version.ts'
import { PATHS } from './paths.ts'
import type { Row, SecretNames } from './row.ts'

const generate = promisify(generateKeyPair)
/** Each is a key that is really made. */
const SAMPLES = 8

function requestFor(names: SecretNames, body: Readonly<Record<string, unknown>>) {
  return {
    method: 'POST' as const,
    paths: names.sample(PATHS).map((name) => `/keys/${name}/create?${API_VERSION}`),
    body: JSON.stringify(body),
    status: 200,
  }
}

/** RSA of 2048 bits; the load takes every ready key within a moment, so none is. */
export const createRsa2048: Row = {
  name: 'create-rsa-2048',
  target: 0.7,
  samples: SAMPLES,
  request: ({ names }) => requestFor(names, { kty: 'RSA', key_size: 2048 }),
  perform: (vault, call, name) =>
    vault.keys.create(call, {
      key: { vault: 'default', name },
      type: 'RSA',
      bits: 2048,
      hsm: false,
    }),
  operation: async () => () => generate('rsa', { modulusLength: 2048 }),
}

/** EC on P-256. */
export const createP256: Row = {
  name: 'create-p256',
  target: 0.7,
  samples: SAMPLES,
  request: ({ names }) => requestFor(names, { kty: 'EC', crv: 'P-256' }),
  perform: (vault, call, name) =>
    vault.keys.create(call, {
      key: { vault: 'default', name },
      type: 'EC',
      curve: 'P-256',
      hsm: false,
    }),
  operation: async () => () => generate('ec', { namedCurve: 'P-256' }),
}
