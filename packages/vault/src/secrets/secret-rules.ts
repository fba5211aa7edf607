import { invalidInput } from '../invalid-input.ts'
import { demandCommonRules } from '../object-rules.ts'
import type { Secret } from '../seal/secret.ts'
import { MAXIMUM_VALUE_BYTES, type SecretProperties } from './secret.ts'

const MAXIMUM_CONTENT_TYPE_CHARACTERS = 255

/**
 * Holds the rules that do not depend on what is stored.
 * @param maximumTags of wires that allow more than the usual 15.
 * @throws Fault InvalidInput
 */
export function demandValidProperties(
  properties: Partial<SecretProperties>,
  maximumTags?: number,
): void {
  const { contentType } = properties
  if (contentType !== undefined && contentType.length > MAXIMUM_CONTENT_TYPE_CHARACTERS) {
    const most = `at most ${MAXIMUM_CONTENT_TYPE_CHARACTERS} are allowed`
    throw invalidInput('contentType', `it has ${contentType.length} characters, ${most}`)
  }
  demandCommonRules(properties, maximumTags)
}

/** @throws Fault InvalidInput */
export function demandValidValue(value: Secret, maximumBytes = MAXIMUM_VALUE_BYTES): void {
  if (value.byteLength > maximumBytes) {
    const advice = 'keep larger data elsewhere and its key here'
    throw invalidInput(
      'value',
      `it has ${value.byteLength} bytes, at most ${maximumBytes} are allowed; ${advice}`,
    )
  }
}
