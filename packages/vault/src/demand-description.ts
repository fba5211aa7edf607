import { invalidInput } from './invalid-input.ts'

const MAXIMUM_CHARACTERS = 8192

/** @throws Fault InvalidInput when there is a description and it is too long. */
export function demandDescription(
  description: string | undefined,
  property = 'description',
): void {
  if ((description?.length ?? 0) <= MAXIMUM_CHARACTERS) return
  throw invalidInput(property, `it may have at most ${MAXIMUM_CHARACTERS} characters`)
}
