import { Fault } from '../../../fault.ts'

/** @param reason completes “The key cannot be imported:”, without a full stop. */
export function keyInvalid(reason: string): Fault<'KeyInvalid'> {
  return new Fault('KeyInvalid', { reason })
}
