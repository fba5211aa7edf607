import { X509Certificate } from 'node:crypto'
import { touchEpoch } from '../../directory/touch-epoch.ts'
import { invalidInput } from '../../invalid-input.ts'
import { operation, type OperationContext } from '../../operation.ts'
import { auditedCertificate, certificateTarget, type CertificateRef } from '../certificate.ts'
import { readCertificate } from '../read-certificate.ts'
import { isAuthorityId } from './authority-record.ts'
import {
  isSerial,
  issuedKey,
  revokedKey,
  type IssuedRecord,
  type RevokedRecord,
} from './issued-record.ts'
import { REVOCATION_REASONS, type RevocationReason } from './revocation-reason.ts'

/** One of the vault, its current version unless said; or one that may be gone, by its number. */
type Which =
  | { readonly certificate: CertificateRef }
  | { readonly vault: string; readonly authority: string; readonly serial: string }

export type RevokeCertificateInput = Which & {
  /** A reason of RFC 5280 §5.3.1 by its name there; `unspecified` unless said. */
  readonly reason?: string
}

/**
 * Revokes a certificate that an authority of the vault has issued, for good: from now on its lists
 * and answers say so. The version stays as it is in the vault, enabled and with its key, because
 * who uses it may need it until another has taken its place; disable it where that is wrong.
 * @throws Fault InvalidInput for what was not issued here, or is revoked already.
 */
export const revokeCertificate = operation<RevokeCertificateInput, IssuedRecord>({
  name: 'CertificateRevoke',
  permission: 'certificates/setIssuers',
  writes: true,
  target: (input) =>
    'certificate' in input
      ? certificateTarget(input)
      : { vault: input.vault, object: 'certificates/issued' },
  auditId: (input, output) => {
    if ('certificate' in input) return auditedCertificate(input.certificate, output?.version)
    return output === undefined
      ? 'certificates/issued'
      : `certificates/issued/${output.authority}/${output.serial}`
  },

  async run(context, input) {
    const { unit, vault, now } = context
    const reason = reasonOf(input.reason)
    const { authority, serial } = await issuedOf(context, input)
    const issuedAt = issuedKey(vault(), authority, serial)
    const revokedAt = revokedKey(vault(), authority, serial)
    const [issued] = await unit.getMany<IssuedRecord>([issuedAt, revokedAt])
    if (issued === undefined) throw notIssued(input)
    const { revoked, notAfter } = issued.meta
    if (revoked !== undefined) {
      const since = new Date(revoked.at * 1000).toISOString()
      throw invalidInput(memberOf(input), `it was revoked at ${since} (${revoked.reason}) already`)
    }
    const after: IssuedRecord = { ...issued.meta, revoked: { at: now, reason } }
    unit.put<IssuedRecord>(issuedAt, { meta: after })
    unit.put<RevokedRecord>(revokedAt, { meta: { at: now, reason, notAfter } })
    // Every worker drops the lists and answers that it keeps.
    touchEpoch(unit)
    return after
  },
})

function reasonOf(given = 'unspecified'): RevocationReason {
  const reasons = Object.keys(REVOCATION_REASONS) as RevocationReason[] // the keys of that record
  const reason = reasons.find((one) => one.toLowerCase() === given.toLowerCase())
  if (reason === undefined) throw invalidInput('reason', `it must be one of ${reasons.join(', ')}`)
  return reason
}

async function issuedOf(
  { unit, vault }: OperationContext,
  input: RevokeCertificateInput,
): Promise<Pick<IssuedRecord, 'authority' | 'serial'>> {
  if ('certificate' in input) {
    const { version } = await readCertificate(unit, vault(), input.certificate)
    const { authority, certificate } = version.issued ?? {}
    if (authority === undefined || certificate === undefined) throw notIssued(input)
    const { serialNumber } = new X509Certificate(Buffer.from(certificate, 'base64'))
    return { authority, serial: serialNumber.toLowerCase() }
  }
  const [authority, serial] = [input.authority.toLowerCase(), input.serial.toLowerCase()]
  if (!isAuthorityId(authority) || !isSerial(serial)) throw notIssued(input)
  return { authority, serial }
}

function memberOf(input: RevokeCertificateInput): string {
  return 'certificate' in input ? 'certificate-name' : 'serial'
}

function notIssued(input: RevokeCertificateInput): Error {
  const reason = 'it must be that of a certificate that an authority of this vault has issued'
  return invalidInput(memberOf(input), reason)
}
