import type { DescribedKey } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { ActionContext } from './action.ts'
import { keySpecName, keyStateOf, keyUsageOf } from './answer-key.ts'

/** Which keys a request asks for. */
export interface KeyFilters {
  readonly ofVault: (vault: string) => boolean
  /** Absent when every key is asked for. */
  readonly ofKey?: (key: DescribedKey) => boolean
}

type Property = (key: DescribedKey, context: ActionContext) => string

/** What a key is looked at for, by the name of its filter. */
const PROPERTIES: Readonly<Record<string, Property>> = {
  KeyState: keyStateOf,
  KeySpec: ({ head }) => keySpecName(head.current),
  KeyUsage: ({ head }) => keyUsageOf(head.current),
  ProtectionLevel: ({ head }) => (head.current.hsm ? 'HSM' : 'SOFTWARE'),
  // No cloud service makes keys here.
  CreatorType: () => 'User',
  Creator: (_key, { account }) => account,
  keyId: ({ head }) => head.keyId ?? '',
  KeyId: ({ head }) => head.keyId ?? '',
}

const INSTANCE = 'DKMSInstanceId'
const ALIAS = 'AliasName'
const TAG_KEY = 'TagKey'
const TAG_VALUE = 'TagValue'
const KNOWN = new Set([...Object.keys(PROPERTIES), INSTANCE, ALIAS, TAG_KEY, TAG_VALUE])

/**
 * Reads filters: values of one name are alternatives, all names must hold, those of tags for one
 * and the same tag. A filter without values limits nothing.
 * @throws KmsRefusal InvalidParameter
 */
export async function keyFilters(
  context: ActionContext,
  filters: readonly alibaba.shared.Filter[],
): Promise<KeyFilters> {
  const wanted = new Map<string, Set<string>>()
  for (const { key, values } of filters) {
    if (!KNOWN.has(key)) {
      throw alibaba.shared.invalidParameter('Filters', `has the keys ${[...KNOWN].join(', ')}`)
    }
    if (values.length > 0) wanted.set(key, new Set([...(wanted.get(key) ?? []), ...values]))
  }
  const instances = wanted.get(INSTANCE)
  const tests = [
    ...propertyTests(context, wanted),
    ...tagTests(wanted.get(TAG_KEY), wanted.get(TAG_VALUE)),
    ...(await aliasTests(context, wanted.get(ALIAS))),
  ]
  return {
    ofVault: (vault) => instances?.has(alibaba.shared.formatInstanceId(vault)) ?? true,
    ...(tests.length === 0 ? {} : { ofKey: (key) => tests.every((holds) => holds(key)) }),
  }
}

type Test = (key: DescribedKey) => boolean

function propertyTests(
  context: ActionContext,
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Test[] {
  return [...wanted].flatMap(([name, values]) => {
    const property = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined
    return property === undefined ? [] : [(key) => values.has(property(key, context))]
  })
}

function tagTests(
  names: ReadonlySet<string> | undefined,
  values: ReadonlySet<string> | undefined,
): readonly Test[] {
  if (names === undefined && values === undefined) return []
  return [
    ({ head }) =>
      Object.entries(head.current.tags ?? {}).some(
        ([name, value]) => (names?.has(name) ?? true) && (values?.has(value) ?? true),
      ),
  ]
}

async function aliasTests(
  { vault, tenant }: ActionContext,
  aliases: ReadonlySet<string> | undefined,
): Promise<readonly Test[]> {
  if (aliases === undefined) return []
  const keyIds = new Set<string>()
  for (const alias of aliases) {
    if (!alibaba.shared.isAliasName(alias)) continue
    const name = alias.slice('alias/'.length)
    const found = await vault.keyFinder.find(tenant.id, { alias: name })
    if (found !== undefined) keyIds.add(found.keyId)
  }
  return [({ head }) => head.keyId !== undefined && keyIds.has(head.keyId)]
}
