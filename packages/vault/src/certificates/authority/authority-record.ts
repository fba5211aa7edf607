import { recordKeyOf, type RecordKey } from '../../store/record-key.ts'
import type { VaultRecord } from '../../vaults/vault-record.ts'

/** Which version of a certificate has the key of an authority, the latest one of several. */
export interface AuthorityRecord {
  readonly certificate: string
  readonly version: string
}

/** SHA-1 of the bits of a public key in hexadecimal: in URLs, records, and requests by OCSP. */
const AUTHORITY = /^[0-9a-f]{40}$/

/** Tells whether a text can be the key id of an authority. */
export function isAuthorityId(text: string): boolean {
  return AUTHORITY.test(text)
}

export function authorityKey({ tenant, id }: VaultRecord, authority: string): RecordKey {
  return recordKeyOf(tenant, 'v', id, 'certificate-authority', authority)
}
