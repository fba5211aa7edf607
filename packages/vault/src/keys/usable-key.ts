import type { KeyHandle } from '../crypto/provider.ts'
import { Fault } from '../fault.ts'
import type { OperationContext } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import { hasMaterial, type KeyRef, type KeyVersion } from './key.ts'
import { keyHandle } from './key-material.ts'
import type { KeyUse } from './key-operations.ts'
import { readKey } from './read-key.ts'

/** Clocks differ; the service allows a few minutes before `nbf` and after `exp` too. */
export const LEEWAY_SECONDS = 300

/** Uses that make something new. What is there already can be read for ever. */
export const DATED_USES: readonly KeyUse[] = ['encrypt', 'sign', 'wrapKey']

/** A version that may be used, and its handle for the provider. */
export interface UsableKey {
  readonly version: KeyVersion
  readonly handle: KeyHandle
}

/**
 * Finds the version to use and holds the rules of its state.
 * @throws Fault NameInvalid, ObjectNotFound, ObjectDisabled, KeyOutsideDates, KeyOperationForbidden
 */
export async function usableKey(
  { unit, vault, now }: OperationContext,
  ref: KeyRef,
  use: KeyUse,
): Promise<UsableKey> {
  const container = vault()
  const { version } = await readKey(unit, container, ref)
  if (!hasMaterial(version, now)) throw new Fault('KeyAwaitsMaterial', { name: version.name })
  if (!version.enabled) throw new Fault('ObjectDisabled', { kind: 'key', operation: use })
  if (DATED_USES.includes(use)) demandWithinDates(version, use, now)
  if (!version.keyOperations.includes(use)) {
    throw new Fault('KeyOperationForbidden', { operation: use })
  }
  return { version, handle: keyHandle(unit, container, version) }
}

function demandWithinDates(version: KeyVersion, use: KeyUse, now: EpochSeconds): void {
  const { notBefore, expires } = version
  if (notBefore !== undefined && now + LEEWAY_SECONDS < notBefore) {
    throw new Fault('KeyOutsideDates', { operation: use, state: 'notYetValid' })
  }
  if (expires !== undefined && now - LEEWAY_SECONDS >= expires) {
    throw new Fault('KeyOutsideDates', { operation: use, state: 'expired' })
  }
}
