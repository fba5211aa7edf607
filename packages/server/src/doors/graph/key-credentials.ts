import type { WantedCertificate } from '@claviger/vault'
import { azure } from '@claviger/wire'
import { dateMember } from './graph-date.ts'

/** A client's clock may go before ours. */
const CLOCK_SKEW_SECONDS = 300

/**
 * The certificates that `keyCredentials` lists, if it is there.
 * @throws azure.MalformedMember
 */
export function wantedCertificates(
  members: azure.JsonMembers,
  now: number,
): readonly WantedCertificate[] | undefined {
  return members.objects('keyCredentials')?.map((one): WantedCertificate => {
    const type = one.string('type') ?? 'AsymmetricX509Cert'
    if (type !== 'AsymmetricX509Cert') throw one.malformed('type', 'it must be AsymmetricX509Cert')
    const usage = one.string('usage') ?? 'Verify'
    if (usage !== 'Verify') throw one.malformed('usage', 'it must be Verify')
    demandBegun(one, now)
    return azure.omitUndefined({
      id: one.string('keyId'),
      displayName: one.string('displayName'),
      certificate: certificateOf(one),
      expiresAt: dateMember(one, 'endDateTime'),
    })
  })
}

/** @throws azure.MalformedMember when a credential is to count from a later time on. */
export function demandBegun(members: azure.JsonMembers, now: number): void {
  const start = dateMember(members, 'startDateTime')
  if (start === undefined || start <= now + CLOCK_SKEW_SECONDS) return
  throw members.malformed(
    'startDateTime',
    'it must not lie in the future; credentials count at once',
  )
}

/** Clients send the base64 of the DER; some with line breaks, some the whole PEM in base64. */
function certificateOf(members: azure.JsonMembers): Uint8Array | undefined {
  const text = members.string('key')
  if (text === undefined) return undefined
  const octets = azure.decodeBase64url(text.replaceAll(/\s/g, ''))
  if (octets !== undefined && octets.byteLength > 0) return octets
  throw members.malformed('key', 'it must be the certificate in base64')
}
