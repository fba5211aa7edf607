import { demandValidTags } from './object-rules.ts'

/** What becomes of the tags of an object. */
export interface TagChange {
  /** Added, or put in the place of those of the same names. */
  readonly set?: Readonly<Record<string, string>>
  /** Names of tags; what is not there stays so. */
  readonly remove?: readonly string[] | 'all'
}

/** Of the wires that change single tags; more than the others allow. */
export const MAXIMUM_CHANGED_TAGS = 20

/**
 * The tags after a change; removals come first.
 * @throws Fault InvalidInput for more than 20, or one that is too long.
 */
export function changedTags(
  before: Readonly<Record<string, string>> = {},
  { set = {}, remove = [] }: TagChange,
): Readonly<Record<string, string>> {
  const tags = new Map(remove === 'all' ? [] : Object.entries(before))
  for (const name of remove === 'all' ? [] : remove) tags.delete(name)
  for (const [name, value] of Object.entries(set)) tags.set(name, value)
  // `fromEntries` defines members and never assigns, so `__proto__` stays a name.
  const after = Object.fromEntries(tags)
  demandValidTags(after, MAXIMUM_CHANGED_TAGS)
  return after
}
