import { Fault } from './fault.ts'

/**
 * The fault of an input that breaks a rule.
 * @param reason completes a sentence that begins with the property, without a full stop.
 */
export function invalidInput(property: string, reason: string): Fault<'InvalidInput'> {
  return new Fault('InvalidInput', { property, reason })
}
