import { invalidInput } from '../invalid-input.ts'

const MAXIMUM_NAME_CHARACTERS = 256

/** @throws Fault InvalidInput when the display name of a credential is too long. */
export function demandDisplayName(displayName: string): void {
  if (displayName.length <= MAXIMUM_NAME_CHARACTERS) return
  const reason = `it may have ${MAXIMUM_NAME_CHARACTERS} characters at most`
  throw invalidInput('displayName', reason)
}
