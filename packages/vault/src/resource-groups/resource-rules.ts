import { invalidInput } from '../invalid-input.ts'
import { demandValidTags } from '../object-rules.ts'

const GROUP_NAME = /^[0-9A-Za-z._()-]{1,90}$/
const LOCATION = /^[0-9a-z-]{1,64}$/
const MAXIMUM_TAGS = 50
const MAXIMUM_TAG_VALUE_CHARACTERS = 256

/** Tells whether a group can have this name: 1 to 90 letters, digits and `-._()`, no point at the end. */
export function isResourceGroupName(name: string): boolean {
  return GROUP_NAME.test(name) && !name.endsWith('.')
}

/** @throws Fault InvalidInput */
export function demandResourceGroupName(name: string): void {
  if (isResourceGroupName(name)) return
  throw invalidInput(
    'resourceGroupName',
    'a resource group name has 1 to 90 letters, digits and - . _ ( ), and does not end with a point',
  )
}

/** Tells whether two texts name one location: `West Europe` and `westeurope` do. */
export function isSameLocation(one: string, other: string): boolean {
  return plainLocation(one) === plainLocation(other)
}

function plainLocation(location: string): string {
  return location.toLowerCase().replaceAll(' ', '')
}

/**
 * A location as it is kept.
 * @throws Fault InvalidInput
 */
export function validLocation(location: string): string {
  const plain = plainLocation(location)
  if (LOCATION.test(plain)) return plain
  throw invalidInput('location', 'a location has 1 to 64 letters, digits and hyphens')
}

/** @throws Fault InvalidInput */
export function demandResourceTags(tags: Readonly<Record<string, string>>): void {
  demandValidTags(tags, MAXIMUM_TAGS)
  const isLong = (value: string): boolean => value.length > MAXIMUM_TAG_VALUE_CHARACTERS
  if (!Object.values(tags).some(isLong)) return
  const reason = `the value of a tag has at most ${MAXIMUM_TAG_VALUE_CHARACTERS} characters`
  throw invalidInput('tags', reason)
}
