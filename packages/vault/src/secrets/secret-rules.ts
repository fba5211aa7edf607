import { invalidInput } from '../invalid-input.ts'
import type { Secret } from '../seal/secret.ts'
import { MAXIMUM_VALUE_BYTES, type SecretProperties } from './secret.ts'

const MAXIMUM_CONTENT_TYPE_CHARACTERS = 255
const MAXIMUM_TAGS = 15
const MAXIMUM_TAG_CHARACTERS = 512
/** 9999-12-31T23:59:59Z: clients cannot read times beyond it. */
const LAST_SECOND = 253_402_300_799

/**
 * Holds the rules that do not depend on what is stored.
 * @throws Fault InvalidInput
 */
export function demandValidProperties(properties: Partial<SecretProperties>): void {
  const { contentType, tags, notBefore, expires } = properties
  if (contentType !== undefined && contentType.length > MAXIMUM_CONTENT_TYPE_CHARACTERS) {
    const most = `at most ${MAXIMUM_CONTENT_TYPE_CHARACTERS} are allowed`
    throw invalidInput('contentType', `it has ${contentType.length} characters, ${most}`)
  }
  demandTime('attributes.nbf', notBefore)
  demandTime('attributes.exp', expires)
  if (notBefore !== undefined && expires !== undefined && expires <= notBefore) {
    throw invalidInput('attributes.exp', 'it must be later than attributes.nbf')
  }
  if (tags !== undefined) demandValidTags(tags)
}

/** @throws Fault InvalidInput */
export function demandValidValue(value: Secret): void {
  if (value.byteLength > MAXIMUM_VALUE_BYTES) {
    const advice = 'keep larger data elsewhere and its key here'
    throw invalidInput(
      'value',
      `it has ${value.byteLength} bytes, at most ${MAXIMUM_VALUE_BYTES} are allowed; ${advice}`,
    )
  }
}

function demandValidTags(tags: Readonly<Record<string, string>>): void {
  const entries = Object.entries(tags)
  if (entries.length > MAXIMUM_TAGS) {
    throw invalidInput('tags', `there are ${entries.length}, at most ${MAXIMUM_TAGS} are allowed`)
  }
  for (const [name, value] of entries) {
    if (name.length > MAXIMUM_TAG_CHARACTERS || value.length > MAXIMUM_TAG_CHARACTERS) {
      const reason =
        `a tag's name and its value may have at most ${MAXIMUM_TAG_CHARACTERS} characters each`
      throw invalidInput('tags', reason)
    }
  }
}

function demandTime(property: string, time: number | undefined): void {
  if (time === undefined) return
  if (!Number.isSafeInteger(time) || time < 0 || time > LAST_SECOND) {
    throw invalidInput(property, 'it must be whole seconds since 1970-01-01T00:00:00Z')
  }
}
