import { putObjectPolicy, type ObjectPolicyInput } from '../access/put-object-policy.ts'
import type { KeySpec } from '../crypto/key-spec.ts'
import { demandDescription } from '../demand-description.ts'
import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { demandCommonRules } from '../object-rules.ts'
import { operation } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import { demandNotExported, type ExportWish } from './export-wish.ts'
import type { KeyHead, KeyProperties, KeyRef, KeyVersion } from './key.ts'
import { makeKey } from './key-material.ts'
import { defaultKeyOperations, validKeyOperations } from './key-operations.ts'
import { newKeySpec, type WantedKey } from './new-key-spec.ts'
import { demandRoomForVersion, putKeyVersion } from './put-key-version.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { demandRotatedByItself, withInterval } from './rotation-interval.ts'

interface CreateKeyWish extends Partial<Omit<KeyProperties, 'keyOperations'>>, ExportWish {
  readonly key: KeyRef
  readonly hsm: boolean
  readonly keyOperations?: readonly string[]
  readonly description?: string
  /** Makes a new key without material, which is imported later. */
  readonly external?: true
  /** How old, in seconds, each version of the key is when it is replaced; for symmetric keys. */
  readonly rotationSeconds?: number
  /** Of wires that allow more than the usual 15. */
  readonly maximumTags?: number
  /** Who may do what with it; to say so takes the permission to set policies too. */
  readonly policy?: ObjectPolicyInput
}

/** With what a caller has said, or with a spec that the door has chosen. */
export type CreateKeyInput = CreateKeyWish & (WantedKey | { readonly spec: KeySpec })

/** Makes a key, or a new current version of one, from the random numbers of the provider. */
export const createKey = operation<CreateKeyInput, KeyVersion>({
  name: 'KeyCreate',
  permission: 'keys/create',
  writes: true,
  target: keyTarget,
  event: () => 'KeyNewVersionCreated',
  auditId: ({ key }, output) => auditedKey(key, output?.version),

  async run(context, input) {
    const { key, hsm, enabled = true, notBefore, expires, tags } = input
    const spec = 'spec' in input ? input.spec : newKeySpec(input)
    demandNotExported(input)
    const keyOperations =
      input.keyOperations === undefined
        ? defaultKeyOperations(spec)
        : validKeyOperations(input.keyOperations, spec, hsm)
    const properties = {
      enabled,
      keyOperations,
      hsm,
      ...(notBefore === undefined ? {} : { notBefore }),
      ...(expires === undefined ? {} : { expires }),
      ...(tags === undefined ? {} : { tags }),
    }
    demandCommonRules(properties, input.maximumTags)
    const head = await demandRoomForVersion(context, key, 'create')
    const ofKey = membersOfKey(input, spec, head, context.now)
    const { external, policy } = input
    if (policy !== undefined) {
      const object = `keys/${key.name}`
      await context.demand('keys/setPolicy', object)
      await putObjectPolicy(context.unit, context.vault(), object, policy)
    }
    if (external === true) {
      if (head !== undefined) throw new Fault('ObjectExists', { kind: 'key', name: key.name })
      const none = { spec, materialId: randomHexId() }
      const awaiting = { ...properties, external, awaitsMaterial: true } as const
      return await putKeyVersion(context, key, head, none, awaiting, ofKey)
    }
    const made = await makeKey(context, () => context.provider.create(spec))
    return putKeyVersion(context, key, head, made, properties, ofKey)
  },
})

/** What is said of the key as a whole. @throws Fault InvalidInput, KeyNotRotatable */
function membersOfKey(
  { key: { name }, description, external, rotationSeconds }: CreateKeyInput,
  spec: KeySpec,
  head: KeyHead | undefined,
  now: EpochSeconds,
): Pick<KeyHead, 'description' | 'rotationPolicy'> {
  demandDescription(description)
  if (rotationSeconds !== undefined) demandRotatedByItself({ name, spec, external })
  return {
    ...(description === undefined ? {} : { description }),
    ...(rotationSeconds === undefined
      ? {}
      : { rotationPolicy: withInterval(head?.rotationPolicy, rotationSeconds, now) }),
  }
}
