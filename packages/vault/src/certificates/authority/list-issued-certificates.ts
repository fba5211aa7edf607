import { invalidInput } from '../../invalid-input.ts'
import { operation } from '../../operation.ts'
import { pageSize, type Page, type PageInput } from '../../page.ts'
import { readPage } from '../../read-page.ts'
import type { RecordKey } from '../../store/record-key.ts'
import type { VaultRecord } from '../../vaults/vault-record.ts'
import { isAuthorityId } from './authority-record.ts'
import { isSerial, issuedKey, issuedPrefix, type IssuedRecord } from './issued-record.ts'

export interface ListIssuedCertificatesInput extends PageInput {
  readonly vault: string
  /** Key id of one authority of the vault; all of them where it is absent. */
  readonly authority?: string
}

/** What the authorities of a vault have issued, by authority and serial number. */
export const listIssuedCertificates = operation<ListIssuedCertificatesInput, Page<IssuedRecord>>({
  name: 'CertificateIssuedList',
  permission: 'certificates/listIssuers',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'certificates/issued' }),

  async run({ unit, vault }, input) {
    const container = vault()
    const { authority } = input
    if (authority !== undefined && !isAuthorityId(authority)) {
      throw invalidInput('authority', 'it must be a key id: 40 lower-case hexadecimal digits')
    }
    return readPage(unit, input, pageSize(input), {
      prefix: issuedPrefix(container, authority),
      keyOf: (marker) => issuedInMarker(container, marker, authority),
      itemOf: (issued: IssuedRecord) => issued,
      markerOf: ({ authority: by, serial }) => `${by}.${serial}`,
    })
  },
})

/** @throws Fault InvalidInput for what was not given with a page of the same list. */
function issuedInMarker(
  vault: VaultRecord,
  marker: string,
  wanted: string | undefined,
): RecordKey {
  const [authority = '', serial = '', ...more] = marker.split('.')
  const isWhole = isAuthorityId(authority) && isSerial(serial) && more.length === 0
  if (isWhole && (wanted === undefined || wanted === authority)) {
    return issuedKey(vault, authority, serial)
  }
  throw invalidInput('after', 'take it from the page before as it was given')
}
