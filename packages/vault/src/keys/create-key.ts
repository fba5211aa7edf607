import { demandCommonRules } from '../object-rules.ts'
import { operation } from '../operation.ts'
import { demandNotExported, type ExportWish } from './export-wish.ts'
import type { KeyProperties, KeyRef, KeyVersion } from './key.ts'
import { makeKey } from './key-material.ts'
import { defaultKeyOperations, validKeyOperations } from './key-operations.ts'
import { newKeySpec, type WantedKey } from './new-key-spec.ts'
import { demandRoomForVersion, putKeyVersion } from './put-key-version.ts'
import { auditedKey, keyTarget } from './read-key.ts'

export interface CreateKeyInput
  extends Partial<Omit<KeyProperties, 'keyOperations'>>, WantedKey, ExportWish {
  readonly key: KeyRef
  readonly hsm: boolean
  readonly keyOperations?: readonly string[]
}

/** Makes a key, or a new current version of one, from the random numbers of the provider. */
export const createKey = operation<CreateKeyInput, KeyVersion>({
  name: 'KeyCreate',
  permission: 'keys/create',
  writes: true,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.version),

  async run(context, input) {
    const { key, hsm, enabled = true, notBefore, expires, tags } = input
    const spec = newKeySpec(input)
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
    demandCommonRules(properties)
    const head = await demandRoomForVersion(context, key, 'create')
    const made = await makeKey(context, () => context.provider.create(spec))
    return putKeyVersion(context, key, head, made, properties)
  },
})
