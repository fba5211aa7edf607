import type { PrivateNumbers } from '../crypto/provider.ts'
import { demandCommonRules } from '../object-rules.ts'
import { operation } from '../operation.ts'
import { demandNotExported, type ExportWish } from './export-wish.ts'
import type { KeyProperties, KeyRef, KeyVersion } from './key.ts'
import { makeKey } from './key-material.ts'
import { defaultKeyOperations, validKeyOperations } from './key-operations.ts'
import { demandRoomForVersion, putKeyVersion } from './put-key-version.ts'
import { auditedKey, keyTarget } from './read-key.ts'

export interface ImportKeyInput
  extends Partial<Omit<KeyProperties, 'keyOperations'>>, ExportWish {
  readonly key: KeyRef
  readonly numbers: PrivateNumbers
  readonly hsm: boolean
  readonly keyOperations?: readonly string[]
}

/** Takes a key from elsewhere as a key, or as a new current version of one. */
export const importKey = operation<ImportKeyInput, KeyVersion>({
  name: 'KeyImport',
  permission: 'keys/import',
  writes: true,
  target: keyTarget,
  event: () => 'KeyNewVersionCreated',
  auditId: ({ key }, output) => auditedKey(key, output?.version),

  async run(context, input) {
    const { key, numbers, hsm, enabled = true, notBefore, expires, tags } = input
    demandNotExported(input)
    const given = {
      enabled,
      hsm,
      ...(notBefore === undefined ? {} : { notBefore }),
      ...(expires === undefined ? {} : { expires }),
      ...(tags === undefined ? {} : { tags }),
    }
    demandCommonRules(given)
    const head = await demandRoomForVersion(context, key, 'import')
    const made = await makeKey(context, () => context.provider.import(numbers))
    const keyOperations =
      input.keyOperations === undefined
        ? defaultKeyOperations(made.spec)
        : validKeyOperations(input.keyOperations, made.spec, hsm)
    return putKeyVersion(context, key, head, made, { ...given, keyOperations })
  },
})
