import { AccessDeniedError } from '../core/errors.ts'
import type { OperationOptions } from '../core/pipeline.ts'
import { within } from '../core/within.ts'
import type { JsonWebKey, KeyOperation, KeyVaultKey } from './key-models.ts'
import { keyVaultKey } from './key-wire.ts'
import type { VaultConnection } from './vault-connection.ts'

// A key may be disabled or rotated at any time; what is known of it is old after five minutes.
const KEPT_MILLISECONDS = 300_000

/** The public part of a key, where it may be used without the service. */
export interface KeyMaterial {
  /** `undefined` when only the service may do it. @throws TimeoutError by the limit of `call`. */
  for(operation: KeyOperation, call: OperationOptions): Promise<JsonWebKey | undefined>
  /** The version that was read and is not old yet; empty where there is none. */
  readonly version: string
  /** Reads again when it is next needed. */
  forget(): void
}

/** The material of a key that is given whole. */
export function givenMaterial(key: JsonWebKey | KeyVaultKey): KeyMaterial {
  return {
    for: async (operation) => ('properties' in key ? usable(key, operation) : key),
    version: '',
    forget() {},
  }
}

/** The material of a key of the vault, read when it is first needed. */
export function readMaterial(connection: VaultConnection, path: string): KeyMaterial {
  let reading: Promise<KeyVaultKey | undefined> | undefined
  let known: KeyVaultKey | undefined
  let readAt = 0
  const isOld = (): boolean => {
    const age = Date.now() - readAt
    // A clock that was set back says nothing about the age.
    return age < 0 || age > KEPT_MILLISECONDS
  }
  const read = async (): Promise<KeyVaultKey | undefined> => {
    try {
      return await connection.ask<KeyVaultKey>({ method: 'GET', path }, {}, keyVaultKey)
    } catch (error) {
      // Who may not read it may still be allowed to use it. Then the service does it, or says why
      // it does not; another failure may be over by the next call.
      if (!(error instanceof AccessDeniedError)) reading = undefined
      return undefined
    }
  }
  return {
    async for(operation, call) {
      if (reading === undefined || isOld()) {
        readAt = Date.now()
        known = undefined
        const begun = read()
        reading = begun
        void begun.then((key) => {
          if (reading === begun) known = key
        })
      }
      const key = await within(call, new URL(connection.base).host, reading)
      return key && usable(key, operation)
    },
    get version() {
      return isOld() ? '' : (known?.properties.version ?? '')
    },
    forget() {
      reading = undefined
      known = undefined
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
