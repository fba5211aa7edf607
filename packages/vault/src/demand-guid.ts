import { isGuid } from './identifier.ts'
import { invalidInput } from './invalid-input.ts'

/** @throws Fault InvalidInput, naming the property, when the text is no GUID. */
export function demandGuid(property: string, text: string): void {
  if (!isGuid(text)) throw invalidInput(property, 'it must be a GUID')
}
