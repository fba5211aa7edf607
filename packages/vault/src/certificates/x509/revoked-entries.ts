// A list may have very many entries, and the general encoder takes a tenth of a millisecond for
// each, in which the whole process stands still. So their one form is written by hand.
import { AsnConvert } from '@peculiar/asn1-schema'
import { CRLReason, Extensions, id_ce_cRLReasons } from '@peculiar/asn1-x509'
import {
  derElement,
  GENERALIZED_TIME,
  INTEGER,
  SEQUENCE,
  UTC_TIME,
} from '../../crypto/software/der.ts'
import type { EpochSeconds } from '../../time.ts'
import { REVOCATION_REASONS, type RevocationReason } from '../authority/revocation-reason.ts'
import { extension } from './certificate-extensions.ts'

export interface RevokedEntry {
  /** Positive, at most 20 octets: hexadecimal digits, two for each. */
  readonly serial: string
  readonly at: EpochSeconds
  readonly reason: RevocationReason
}

/** The members of `revokedCertificates`, one after the other (RFC 5280 §5.1.2.6); DER. */
export function revokedEntries(revoked: readonly RevokedEntry[]): Uint8Array {
  const extensions = new Map<RevocationReason, Uint8Array>()
  const extensionsOf = (reason: RevocationReason): Uint8Array => {
    const known = extensions.get(reason) ?? reasonExtensions(reason)
    extensions.set(reason, known)
    return known
  }
  return Buffer.concat(revoked.map((entry) => entryOf(entry, extensionsOf(entry.reason))))
}

function entryOf({ serial, at }: RevokedEntry, extensions: Uint8Array): Uint8Array {
  const number = derElement(INTEGER, Buffer.from(serial, 'hex'))
  return derElement(SEQUENCE, number, timeElement(at), extensions)
}

/** RFC 5280 §5.1.2.4: two digits for the year until 2049. */
function timeElement(time: EpochSeconds): Uint8Array {
  const digits = new Date(time * 1000).toISOString().replace(/\.\d+Z$|[^\d]/g, '')
  const isShort = Number(digits.slice(0, 4)) < 2050
  const text = `${isShort ? digits.slice(2) : digits}Z`
  return derElement(isShort ? UTC_TIME : GENERALIZED_TIME, Buffer.from(text))
}

/** RFC 5280 §5.3.1: that there is no reason is said by no extension. */
function reasonExtensions(reason: RevocationReason): Uint8Array {
  if (reason === 'unspecified') return new Uint8Array(0)
  const code = extension(id_ce_cRLReasons, new CRLReason(REVOCATION_REASONS[reason]), false)
  return new Uint8Array(AsnConvert.serialize(new Extensions([code])))
}
