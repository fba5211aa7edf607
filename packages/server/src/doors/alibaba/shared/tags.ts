import { alibaba } from '@claviger/wire'

type Tag = alibaba.shared.Tag
type Refuse = (part: 'key' | 'value' | 'twice', rule: string) => Error

/** Letters and digits of all scripts, and some others. */
const TEXT = /^[\p{L}\p{Nd}/\\_.+=:@-]{1,128}$/u
const RESERVED = /^(?:aliyun|acs:)/

const RULE = 'must have 1 to 128 letters, digits and any of / \\ _ - . + = : @'

/**
 * Tags by their keys.
 * @param refuse makes the refusal of a list that holds a malformed tag, or one key twice.
 */
export function tagsByKey(
  tags: readonly Tag[],
  refuse: Refuse,
): Readonly<Record<string, string>> {
  const byKey = new Map<string, string>()
  for (const { key, value } of tags) {
    if (!TEXT.test(key)) throw refuse('key', `key ${RULE}`)
    if (RESERVED.test(key)) throw refuse('key', 'key must not begin with aliyun or acs:')
    if (!TEXT.test(value)) throw refuse('value', `value ${RULE}`)
    if (byKey.has(key)) throw refuse('twice', 'has each key once')
    byKey.set(key, value)
  }
  // `fromEntries` defines members and never assigns, so `__proto__` stays a name.
  return Object.fromEntries(byKey)
}

/** The tags of the parameter Tags. @throws KmsRefusal InvalidParameter */
export function tagsParameter(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return tagsByKey(tags, (_part, rule) => alibaba.shared.invalidParameter('Tags', rule))
}
