import { invalidInput } from './invalid-input.ts'
import type { EpochSeconds } from './time.ts'

const MAXIMUM_TAGS = 15
const MAXIMUM_TAG_CHARACTERS = 512
/** 9999-12-31T23:59:59Z: clients cannot read times beyond it. */
const LAST_SECOND = 253_402_300_799

/** What every kind of object lets its owner say of it. */
export interface CommonProperties {
  readonly notBefore?: EpochSeconds
  readonly expires?: EpochSeconds
  readonly tags?: Readonly<Record<string, string>>
}

/**
 * Holds the rules of dates and tags that all kinds of object share.
 * @param maximumTags of wires that allow more than the usual 15.
 * @throws Fault InvalidInput
 */
export function demandCommonRules(
  { notBefore, expires, tags }: CommonProperties,
  maximumTags = MAXIMUM_TAGS,
): void {
  demandTime('attributes.nbf', notBefore)
  demandTime('attributes.exp', expires)
  if (notBefore !== undefined && expires !== undefined && expires <= notBefore) {
    throw invalidInput('attributes.exp', 'it must be later than attributes.nbf')
  }
  if (tags !== undefined) demandValidTags(tags, maximumTags)
}

/** @throws Fault InvalidInput */
export function demandValidTags(
  tags: Readonly<Record<string, string>>,
  maximumTags = MAXIMUM_TAGS,
): void {
  const entries = Object.entries(tags)
  if (entries.length > maximumTags) {
    throw invalidInput('tags', `there are ${entries.length}, at most ${maximumTags} are allowed`)
  }
  for (const [name, value] of entries) {
    if (name.length > MAXIMUM_TAG_CHARACTERS || value.length > MAXIMUM_TAG_CHARACTERS) {
      const reason =
        `a tag's name and its value may have at most ${MAXIMUM_TAG_CHARACTERS} characters each`
      throw invalidInput('tags', reason)
    }
  }
}

function demandTime(property: string, time: EpochSeconds | undefined): void {
  if (time === undefined) return
  if (!Number.isSafeInteger(time) || time < 0 || time > LAST_SECOND) {
    throw invalidInput(property, 'it must be whole seconds since 1970-01-01T00:00:00Z')
  }
}
