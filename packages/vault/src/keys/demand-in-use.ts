import { Fault } from '../fault.ts'
import type { OperationContext } from '../operation.ts'
import { hasMaterial, type KeyHead, type KeyRef } from './key.ts'
import { readKeyHead } from './read-key.ts'

/**
 * Reads the head of a key that is neither disabled nor without material.
 * @throws Fault NameInvalid, ObjectNotFound, KeyAwaitsMaterial, ObjectDisabled
 */
export async function demandInUse(
  { unit, vault, now }: Pick<OperationContext, 'unit' | 'vault' | 'now'>,
  key: KeyRef,
): Promise<KeyHead> {
  const head = await readKeyHead(unit, vault(), key)
  const { current } = head
  if (!hasMaterial(current, now)) throw new Fault('KeyAwaitsMaterial', { name: current.name })
  if (!current.enabled) throw new Fault('ObjectDisabled', { kind: 'key', operation: 'rotate' })
  return head
}
