import type { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { pageOf, pageSize, type Page, type PageInput } from '../page.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { readSecretHead } from './read-secret.ts'
import {
  deletedSecretKey,
  deletedSecretPrefix,
  isObjectName,
  isVersion,
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
      keyOf: (marker) => secretKey(container, nameIn(marker)),
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
      keyOf: (marker) => deletedSecretKey(container, nameIn(marker)),
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
      keyOf: (marker) => secretVersionKey(container, input.name, versionIn(marker)),
      itemOf: (version: SecretVersion) => version,
      markerOf: ({ version }) => version,
    })
  },
})

/** Where the records of a list stand, and what it shows of them. */
interface ListPlace<Meta, Item> {
  readonly prefix: RecordKey
  /** The record that a marker names. @throws Fault InvalidInput */
  readonly keyOf: (marker: string) => RecordKey
  readonly itemOf: (meta: Meta) => Item
  readonly markerOf: (item: Item) => string
}

async function readPage<Meta, Item>(
  unit: UnitOfWork,
  { after: marker }: PageInput,
  size: number,
  { prefix, keyOf, itemOf, markerOf }: ListPlace<Meta, Item>,
): Promise<Page<Item>> {
  const after = marker === undefined ? {} : { after: keyOf(marker) }
  const found = await unit.list<Meta>(prefix, { ...after, limit: size + 1 })
  return pageOf(found.map(({ content }) => itemOf(content.meta)), size, markerOf)
}

// A marker that this server has not made is refused before it becomes part of a key.

function nameIn(marker: string): string {
  if (!isObjectName(marker)) throw badMarker()
  return marker
}

function versionIn(marker: string): string {
  if (!isVersion(marker)) throw badMarker()
  return marker.toLowerCase()
}

function badMarker(): Fault<'InvalidInput'> {
  return invalidInput('$skiptoken', 'follow the nextLink of the page before as it was given')
}
