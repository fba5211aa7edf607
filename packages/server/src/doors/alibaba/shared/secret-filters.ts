import type { DescribedSecret } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { ActionContext } from './action.ts'
import { secretName, secretType } from './answer-secret.ts'

/** Which secrets a request asks for. */
export interface SecretFilters {
  readonly ofVault: (vault: string) => boolean
  /** Absent when every secret is asked for. */
  readonly ofSecret?: (secret: DescribedSecret) => boolean
}

type Values = ReadonlySet<string>
type Test = (secret: DescribedSecret) => boolean

/** What a secret is looked at for, by the name of its filter. A beginning of a name will do. */
const TESTS: Readonly<Record<string, (values: Values, context: ActionContext) => Test>> = {
  SecretName: (values) => ({ head }) => begins(secretName(head), values),
  Description: (values) => ({ head }) => begins(head.description ?? '', values),
  SecretType: (values) => ({ head }) => values.has(secretType(head)),
  Creator: (values, { account }) => () => values.has(account),
}

const INSTANCE = 'DKMSInstanceId'
const TAG_KEY = 'TagKey'
const TAG_VALUE = 'TagValue'
const KNOWN = new Set([...Object.keys(TESTS), INSTANCE, TAG_KEY, TAG_VALUE])

/**
 * Reads filters: values of one name are alternatives, all names must hold, those of tags for one
 * and the same tag. A filter without values limits nothing.
 * @throws KmsRefusal InvalidParameter
 */
export function secretFilters(
  context: ActionContext,
  filters: readonly alibaba.shared.Filter[],
): SecretFilters {
  const wanted = new Map<string, Set<string>>()
  for (const { key, values } of filters) {
    if (!KNOWN.has(key)) {
      throw alibaba.shared.invalidParameter('Filters', `has the keys ${[...KNOWN].join(', ')}`)
    }
    if (values.length > 0) wanted.set(key, new Set([...(wanted.get(key) ?? []), ...values]))
  }
  const instances = wanted.get(INSTANCE)
  const tests = [...wanted].flatMap(([name, values]) => {
    const test = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined
    return test === undefined ? [] : [test(values, context)]
  })
  const all = [...tests, ...tagTests(wanted.get(TAG_KEY), wanted.get(TAG_VALUE))]
  return {
    ofVault: (vault) => instances?.has(alibaba.shared.formatInstanceId(vault)) ?? true,
    ...(all.length === 0 ? {} : { ofSecret: (secret) => all.every((holds) => holds(secret)) }),
  }
}

function begins(text: string, beginnings: Values): boolean {
  return [...beginnings].some((one) => text.startsWith(one))
}

function tagTests(names: Values | undefined, values: Values | undefined): readonly Test[] {
  if (names === undefined && values === undefined) return []
  return [
    ({ head }) =>
      Object.entries(head.current.tags ?? {}).some(
        ([name, value]) => (names?.has(name) ?? true) && (values?.has(value) ?? true),
      ),
  ]
}
