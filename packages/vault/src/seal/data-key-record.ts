import { prefixOf, recordKeyOf, type RecordKey } from '../store/record-key.ts'
import type { Scope } from './scope.ts'

/** All wrapped data keys stand below this. */
export const DATA_KEYS = prefixOf('system', 'data-key')

const GENERATION = /\/([0-9]{10})$/

/** Where one generation of a scope's data key stands; ten digits, so that keys list in order. */
export function dataKeyRecord(scope: Scope, generation: number): RecordKey {
  return recordKeyOf('system', 'data-key', scope, String(generation).padStart(10, '0'))
}

/** The beginning of all generations of a scope's data key. */
export function dataKeyPrefix(scope: Scope): RecordKey {
  return prefixOf('system', 'data-key', scope)
}

/** The generation a record's key names; `undefined` when it names none. */
export function dataKeyGeneration(key: RecordKey): number | undefined {
  const digits = GENERATION.exec(key)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
