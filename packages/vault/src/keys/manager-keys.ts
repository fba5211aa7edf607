// What the resource manager does with the keys of a vault, for whoever manages the vault and perhaps
// may use nothing in it: it shows public halves, and makes keys that are not there.
import { demandObjectName } from '../object-name.ts'
import { operation } from '../operation.ts'
import { createKey, type CreateKeyInput } from './create-key.ts'
import { getKey } from './get-key.ts'
import { keyKey, type KeyHead, type KeyVersion } from './key.ts'
import { listKeys, listKeyVersions } from './list-keys.ts'

/** A version of a key, as the resource manager shows it. */
export const getManagerKey = operation({
  ...getKey,
  name: 'VaultKeyGet',
  permission: 'vaultKeys/read',
})

/** The keys of a vault, for the resource manager. */
export const listManagerKeys = operation({
  ...listKeys,
  name: 'VaultKeyList',
  permission: 'vaultKeys/read',
})

/** The versions of a key, for the resource manager. */
export const listManagerKeyVersions = operation({
  ...listKeyVersions,
  name: 'VaultKeyListVersions',
  permission: 'vaultKeys/listVersions',
})

/** Makes a key where there is none of the name; one that is there stays as it is. */
export const createManagerKey = operation<
  CreateKeyInput,
  { readonly key: KeyVersion; readonly isNew: boolean }
>({
  name: 'VaultKeyPut',
  permission: 'vaultKeys/write',
  writes: true,
  target: (input) => createKey.target(input),
  event: ({ isNew }) => (isNew ? 'KeyNewVersionCreated' : undefined),
  auditId: (input, output) => createKey.auditId?.(input, output?.key) ?? '',

  async run(context, input) {
    const { unit, vault } = context
    demandObjectName(input.key.name)
    const head = await unit.get<KeyHead>(keyKey(vault(), input.key.name))
    if (head !== undefined) return { key: head.meta.current, isNew: false }
    return { key: await createKey.run(context, input), isNew: true }
  },
})
