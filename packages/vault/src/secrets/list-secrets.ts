import { operation } from '../operation.ts'
import { pageSize, type Page, type PageInput } from '../page.ts'
import { nameInMarker, readPage, versionInMarker } from '../read-page.ts'
import { readSecretHead } from './read-secret.ts'
import {
  deletedSecretKey,
  deletedSecretPrefix,
  secretKey,
  secretPrefix,
  secretVersionKey,
  secretVersionPrefix,
  type DeletedSecretHead,
  type SecretHead,
  type SecretVersion,
} from './secret.ts'

export interface ListSecretsInput extends PageInput {
  readonly vault: string
}

/** The live secrets in order of their names, without values. */
export const listSecrets = operation<ListSecretsInput, Page<SecretVersion>>({
  name: 'SecretList',
  permission: 'secrets/list',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'secrets' }),

  async run({ unit, vault }, input) {
    const container = vault()
    return readPage(unit, input, pageSize(input), {
      prefix: secretPrefix(container),
      keyOf: (marker) => secretKey(container, nameInMarker(marker)),
      itemOf: (head: SecretHead) => head.current,
      markerOf: ({ name }) => name,
    })
  },
})

/** The deleted secrets that can still be recovered, in order of their names. */
export const listDeletedSecrets = operation<ListSecretsInput, Page<DeletedSecretHead>>({
  name: 'SecretListDeleted',
  permission: 'secrets/list',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'secrets' }),

  async run({ unit, vault }, input) {
    const container = vault()
    return readPage(unit, input, pageSize(input), {
      prefix: deletedSecretPrefix(container),
      keyOf: (marker) => deletedSecretKey(container, nameInMarker(marker)),
      itemOf: (deleted: DeletedSecretHead) => deleted,
      markerOf: ({ current }) => current.name,
    })
  },
})

export interface ListSecretVersionsInput extends ListSecretsInput {
  readonly name: string
}

/** The versions of a live secret in order of their ids, as the service lists them. */
export const listSecretVersions = operation<ListSecretVersionsInput, Page<SecretVersion>>({
  name: 'SecretListVersions',
  permission: 'secrets/list',
  writes: false,
  target: ({ vault, name }) => ({ vault, object: `secrets/${name}` }),

  async run({ unit, vault }, input) {
    const container = vault()
    const size = pageSize(input)
    await readSecretHead(unit, container, { vault: input.vault, name: input.name })
    return readPage(unit, input, size, {
      prefix: secretVersionPrefix(container, input.name),
      keyOf: (marker) => secretVersionKey(container, input.name, versionInMarker(marker)),
      itemOf: (version: SecretVersion) => version,
      markerOf: ({ version }) => version,
    })
  },
})
