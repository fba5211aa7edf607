import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { pageOf, pageSize, type Page, type PageInput } from '../page.ts'
import { readSecretHead } from './read-secret.ts'
import {
  deletedSecretKey,
  deletedSecretPrefix,
  demandObjectName,
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
    const size = pageSize(input)
    const after = input.after === undefined ? {} : { after: secretKey(container, demandMarker(input.after)) }
    const found = await unit.list<SecretHead>(secretPrefix(container), { ...after, limit: size + 1 })
    return pageOf(found.map((one) => one.content.meta.current), size, (one) => one.name)
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
    const size = pageSize(input)
    const after = input.after === undefined ? {} : { after: deletedSecretKey(container, demandMarker(input.after)) }
    const found = await unit.list<DeletedSecretHead>(deletedSecretPrefix(container), { ...after, limit: size + 1 })
    return pageOf(found.map((one) => one.content.meta), size, (one) => one.current.name)
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
    if (input.after !== undefined && !isVersion(input.after)) throw badMarker()
    const after = input.after === undefined ? {} : { after: secretVersionKey(container, input.name, input.after.toLowerCase()) }
    const found = await unit.list<SecretVersion>(secretVersionPrefix(container, input.name), { ...after, limit: size + 1 })
    return pageOf(found.map((one) => one.content.meta), size, (one) => one.version)
  },
})

/** A marker that this server has not made is refused before it becomes part of a key. */
function demandMarker(marker: string): string {
  try {
    demandObjectName(marker)
  } catch {
    throw badMarker()
  }
  return marker
}

function badMarker(): Fault<'InvalidInput'> {
  return new Fault('InvalidInput', {
    property: '$skiptoken',
    reason: 'follow the nextLink of the page before as it was given',
  })
}
