import { operation } from '../operation.ts'
import { pageSize, type Page, type PageInput } from '../page.ts'
import { nameInMarker, readPage, versionInMarker } from '../read-page.ts'
import {
  certificateKey,
  certificatePrefix,
  certificateVersionKey,
  certificateVersionPrefix,
  deletedCertificateKey,
  deletedCertificatePrefix,
  type CertificateHead,
  type CertificateVersion,
  type DeletedCertificateHead,
} from './certificate.ts'
import { readCertificateHead } from './read-certificate.ts'

export interface ListCertificatesInput extends PageInput {
  readonly vault: string
  /** Those too that wait for their first version; a page may have fewer items without them. */
  readonly includePending?: boolean
}

/** The live certificates in order of their names. */
export const listCertificates = operation<ListCertificatesInput, Page<CertificateVersion>>({
  name: 'CertificateList',
  permission: 'certificates/list',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'certificates' }),

  async run({ unit, vault }, input) {
    const container = vault()
    const page = await readPage(unit, input, pageSize(input), {
      prefix: certificatePrefix(container),
      keyOf: (marker) => certificateKey(container, nameInMarker(marker)),
      itemOf: (head: CertificateHead) => head.current,
      markerOf: ({ name }) => name,
    })
    return shownPage(page, input, (current) => current)
  },
})

/** The deleted certificates that can still be recovered, in order of their names. */
export const listDeletedCertificates = operation<
  ListCertificatesInput,
  Page<DeletedCertificateHead>
>({
  name: 'CertificateListDeleted',
  permission: 'certificates/list',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'certificates' }),

  async run({ unit, vault }, input) {
    const container = vault()
    const page = await readPage(unit, input, pageSize(input), {
      prefix: deletedCertificatePrefix(container),
      keyOf: (marker) => deletedCertificateKey(container, nameInMarker(marker)),
      itemOf: (deleted: DeletedCertificateHead) => deleted,
      markerOf: ({ current }) => current.name,
    })
    return shownPage(page, input, ({ current }) => current)
  },
})

/** What is left out is left out after the page was cut, so that the next one begins behind it. */
function shownPage<Item>(
  page: Page<Item>,
  { includePending = false }: ListCertificatesInput,
  versionOf: (item: Item) => CertificateVersion,
): Page<Item> {
  if (includePending) return page
  return { ...page, items: page.items.filter((item) => versionOf(item).issued !== undefined) }
}

export interface ListCertificateVersionsInput extends PageInput {
  readonly vault: string
  readonly name: string
}

/** The versions of a live certificate in order of their ids, as the service lists them. */
export const listCertificateVersions = operation<
  ListCertificateVersionsInput,
  Page<CertificateVersion>
>({
  name: 'CertificateListVersions',
  permission: 'certificates/list',
  writes: false,
  target: ({ vault, name }) => ({ vault, object: `certificates/${name}` }),

  async run({ unit, vault }, input) {
    const container = vault()
    const { vault: vaultName, name } = input
    const size = pageSize(input)
    await readCertificateHead(unit, container, { vault: vaultName, name })
    return readPage(unit, input, size, {
      prefix: certificateVersionPrefix(container, name),
      keyOf: (marker) => certificateVersionKey(container, name, versionInMarker(marker)),
      itemOf: (version: CertificateVersion) => version,
      markerOf: ({ version }) => version,
    })
  },
})
