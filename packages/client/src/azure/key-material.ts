import { abortable } from '../core/abortable.ts'
import { AccessDeniedError } from '../core/errors.ts'
import type { OperationOptions } from '../core/pipeline.ts'
import type { JsonWebKey, KeyOperation, KeyVaultKey } from './key-models.ts'
import { keyVaultKey, type WireKey } from './key-wire.ts'
import type { VaultConnection } from './vault-connection.ts'

// A key may be disabled or rotated at any time; what is known of it is old after five minutes.
const KEPT_MILLISECONDS = 300_000

/** The public part of a key, where it may be used without the service. */
export interface KeyMaterial {
  /** `undefined` when only the service may do it. */
  for(operation: KeyOperation, call: OperationOptions): Promise<JsonWebKey | undefined>
}

/** The material of a key that is given whole. */
export function givenMaterial(key: JsonWebKey | KeyVaultKey): KeyMaterial {
  return {
    for: async (operation) => ('properties' in key ? usable(key, operation) : key),
  }
}

/** The material of a key of the vault, read when it is first needed. */
export function readMaterial(connection: VaultConnection, path: string): KeyMaterial {
  let reading: Promise<KeyVaultKey | undefined> | undefined
  let readAt = 0
  const read = async (): Promise<KeyVaultKey | undefined> => {
    try {
      return keyVaultKey(await connection.ask<WireKey>({ method: 'GET', path }))
    } catch (error) {
      // Who may not read it may still be allowed to use it. Then the service does it, or says why
      // it does not; another failure may be over by the next call.
      if (!(error instanceof AccessDeniedError)) reading = undefined
      return undefined
    }
  }
  return {
    async for(operation, { abortSignal }) {
      if (reading === undefined || Date.now() - readAt > KEPT_MILLISECONDS) {
        readAt = Date.now()
        reading = read()
      }
      const key = await abortable(reading, abortSignal)
      return key && usable(key, operation)
    },
  }
}

/** The material, unless the service would refuse to use the key now. */
function usable(key: KeyVaultKey, operation: KeyOperation): JsonWebKey | undefined {
  const { enabled, notBefore, expiresOn } = key.properties
  const now = Date.now()
  if (enabled === false) return undefined
  // Outside of its dates a key still verifies.
  const isDated = operation !== 'verify'
  if (isDated && notBefore !== undefined && now < notBefore.getTime()) return undefined
  if (isDated && expiresOn !== undefined && now >= expiresOn.getTime()) return undefined
  return { ...key.key, ...(key.keyOperations ? { keyOps: key.keyOperations } : {}) }
}
