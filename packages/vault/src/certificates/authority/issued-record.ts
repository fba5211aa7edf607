import { prefixOf, recordKeyOf, type RecordKey } from '../../store/record-key.ts'
import type { EpochSeconds } from '../../time.ts'
import type { VaultRecord } from '../../vaults/vault-record.ts'
import type { RevocationReason } from './revocation-reason.ts'

/** What is known of a certificate that an authority of the vault has issued, for good. */
export interface IssuedRecord {
  /** Key id of the authority. */
  readonly authority: string
  /** Lower-case hexadecimal digits, two for each octet. */
  readonly serial: string
  /** The issuer that it was asked of. */
  readonly issuer: string
  /** Of the certificate in the vault, which may be gone by now. */
  readonly name: string
  readonly version: string
  readonly subject: string
  readonly notBefore: EpochSeconds
  readonly notAfter: EpochSeconds
  readonly revoked?: Revocation
}

export interface Revocation {
  readonly at: EpochSeconds
  readonly reason: RevocationReason
}

/** The same for the list of what an authority has revoked. */
export interface RevokedRecord extends Revocation {
  readonly notAfter: EpochSeconds
}

/** Octets of a serial number (RFC 5280 §4.1.2.2), as digits in pairs. */
const SERIAL = /^(?:[0-9a-f]{2}){1,20}$/

/** Tells whether a text can be a serial number as it stands in keys of records. */
export function isSerial(text: string): boolean {
  return SERIAL.test(text)
}

export function issuedKey(vault: VaultRecord, authority: string, serial: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'issued-certificate', authority, serial)
}

/** @param authority where those of one authority alone are meant. */
export function issuedPrefix({ tenant, id }: VaultRecord, authority?: string): RecordKey {
  const kind = 'issued-certificate'
  return authority === undefined
    ? prefixOf(tenant, 'v', id, kind)
    : prefixOf(tenant, 'v', id, kind, authority)
}

export function revokedKey(vault: VaultRecord, authority: string, serial: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'revoked-certificate', authority, serial)
}

export function revokedPrefix({ tenant, id }: VaultRecord, authority: string): RecordKey {
  return prefixOf(tenant, 'v', id, 'revoked-certificate', authority)
}
