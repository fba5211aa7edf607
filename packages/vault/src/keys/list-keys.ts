import { operation } from '../operation.ts'
import { pageSize, type Page, type PageInput } from '../page.ts'
import { nameInMarker, readPage, versionInMarker } from '../read-page.ts'
import {
  deletedKeyKey,
  deletedKeyPrefix,
  keyKey,
  keyPrefix,
  keyVersionKey,
  keyVersionPrefix,
  type DeletedKeyHead,
  type KeyHead,
  type KeyVersion,
} from './key.ts'
import { readKeyHead } from './read-key.ts'

export interface ListKeysInput extends PageInput {
  readonly vault: string
}

/** The live keys in order of their names. */
export const listKeys = operation<ListKeysInput, Page<KeyVersion>>({
  name: 'KeyList',
  permission: 'keys/list',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'keys' }),

  async run({ unit, vault }, input) {
    const container = vault()
    return readPage(unit, input, pageSize(input), {
      prefix: keyPrefix(container),
      keyOf: (marker) => keyKey(container, nameInMarker(marker)),
      itemOf: (head: KeyHead) => head.current,
      markerOf: ({ name }) => name,
    })
  },
})

/** The deleted keys that can still be recovered, in order of their names. */
export const listDeletedKeys = operation<ListKeysInput, Page<DeletedKeyHead>>({
  name: 'KeyListDeleted',
  permission: 'keys/list',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'keys' }),

  async run({ unit, vault }, input) {
    const container = vault()
    return readPage(unit, input, pageSize(input), {
      prefix: deletedKeyPrefix(container),
      keyOf: (marker) => deletedKeyKey(container, nameInMarker(marker)),
      itemOf: (deleted: DeletedKeyHead) => deleted,
      markerOf: ({ current }) => current.name,
    })
  },
})

export interface ListKeyVersionsInput extends ListKeysInput {
  readonly name: string
}

/** The versions of a live key in order of their ids, as the service lists them. */
export const listKeyVersions = operation<ListKeyVersionsInput, Page<KeyVersion>>({
  name: 'KeyListVersions',
  permission: 'keys/list',
  writes: false,
  target: ({ vault, name }) => ({ vault, object: `keys/${name}` }),

  async run({ unit, vault }, input) {
    const container = vault()
    const { vault: vaultName, name } = input
    const size = pageSize(input)
    await readKeyHead(unit, container, { vault: vaultName, name })
    return readPage(unit, input, size, {
      prefix: keyVersionPrefix(container, name),
      keyOf: (marker) => keyVersionKey(container, name, versionInMarker(marker)),
      itemOf: (version: KeyVersion) => version,
      markerOf: ({ version }) => version,
    })
  },
})
