import { invalidInput } from '../invalid-input.ts'

const NAME = /^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/

/**
 * The rule for names of access points, their policies and network rules: 1 to 64 letters, digits
 * and `._-`, the first a letter or digit. They are compared without case, and unique in the tenant.
 */
export function isName(text: string): boolean {
  return NAME.test(text)
}

/** @throws Fault InvalidInput */
export function demandName(name: string): void {
  if (isName(name)) return
  const reason = 'it must have 1 to 64 letters, digits and . _ - and begin with a letter or digit'
  throw invalidInput('name', reason)
}
