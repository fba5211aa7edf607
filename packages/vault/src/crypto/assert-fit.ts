import { Fault } from '../fault.ts'
import type { AlgorithmRow } from './algorithm-rows.ts'
import { keyName } from './key-name.ts'
import type { KeySpec } from './key-spec.ts'

/**
 * Throws unless the algorithm of this row goes with a key of this kind: type, curve and size.
 * @throws Fault AlgorithmUnfit, with a reason that says what the algorithm needs.
 */
export function assertFit(spec: KeySpec, algorithm: string, row: AlgorithmRow): void {
  const reason = misfit(spec, row)
  if (reason === undefined) return
  throw new Fault('AlgorithmUnfit', { algorithm, key: keyName(spec), reason })
}

function misfit(spec: KeySpec, row: AlgorithmRow): string | undefined {
  if (spec.type !== row.keyType) return `it needs a key of type ${row.keyType}`
  if ('curve' in row && 'curve' in spec && spec.curve !== row.curve) {
    return `it needs a key on the curve ${row.curve}`
  }
  if (!('bits' in spec)) return undefined
  if ('keyBytes' in row && spec.bits !== row.keyBytes * 8) {
    return `it needs a key of ${row.keyBytes * 8} bits`
  }
  if ('minimumKeyBytes' in row && spec.bits < row.minimumKeyBytes * 8) {
    return `it needs a key of at least ${row.minimumKeyBytes * 8} bits`
  }
  return undefined
}
