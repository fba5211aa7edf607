import type { OperationContext } from '../../operation.ts'
import type { CertificateHead, CertificateVersion } from '../certificate.ts'
import { nextKeyPair, pairHandle, type CertificateKeyPair } from '../certificate-material.ts'
import type { CertificatePolicy } from '../certificate-policy.ts'
import { issuedCertificate, putIssued, validityOf, type NewVersion } from '../issue-self-signed.ts'
import { loadX509 } from '../load-x509.ts'
import { publicationOf } from './publication-of.ts'
import { putAuthority, putIssuedRecord } from './put-issued-record.ts'
import { chainOf, type Signer } from './read-signer.ts'

export interface IssueBySignerInput {
  readonly before: CertificateHead | undefined
  readonly policy: CertificatePolicy
  readonly wanted: NewVersion
  /** The name of the issuer that was asked. */
  readonly issuer: string
  /** The key, where it was made already. */
  readonly pair?: CertificateKeyPair
}

/**
 * Makes a key, lets an authority of the vault sign its certificate, and writes all three faces. The
 * certificate ends no later than that of the authority, without which it would be of no use.
 */
export async function issueBySigner(
  context: OperationContext,
  signer: Signer,
  { before, policy, wanted, issuer, pair: made }: IssueBySignerInput,
): Promise<{ readonly version: CertificateVersion; readonly request: string }> {
  const { provider, vault, now } = context
  const { certificateRequest, signedCertificate, subjectName } = await loadX509()
  const properties = policy.x509
  subjectName(properties.subject) // before a key is made for it
  const pair = made ?? (await nextKeyPair(context, before, policy))
  const { certificate: authority } = signer
  const validity = validityOf(policy, now)
  const notBefore = Math.max(validity.notBefore, authority.notBefore)
  const notAfter = Math.min(validity.expires, authority.notAfter)
  const publication = publicationOf(context, authority)
  const { der: leaf, serial } = await signedCertificate(provider, {
    properties,
    publicKey: pair.key.publicKey,
    notBefore,
    notAfter,
    signer: { name: authority.subject, keyId: authority.keyId, key: signer.key },
    ...(publication && { publication }),
  })
  const key = pairHandle(vault(), pair)
  const request = await certificateRequest(provider, { properties, key })
  const chain = [leaf, ...(await chainOf(signer))]
  const version: CertificateVersion = {
    ...wanted,
    notBefore,
    expires: notAfter,
    created: now,
    updated: now,
    issued: { ...issuedCertificate(policy, leaf, chain), authority: authority.authority },
  }
  await putIssued(context, before, policy, { version, pair, leaf, chain })
  await putIssuedRecord(context, signer, {
    serial,
    issuer,
    name: wanted.name,
    version: wanted.version,
    subject: properties.subject,
    notBefore,
    notAfter,
  })
  if (properties.ca !== undefined) await putOwnAuthority(context, wanted, leaf)
  return { version, request: request.toBase64() }
}

/** An authority is known by its new certificate from now on, and before it has issued anything. */
async function putOwnAuthority(
  context: OperationContext,
  { name: certificate, version }: NewVersion,
  leaf: Uint8Array,
): Promise<void> {
  const { readAuthorityCertificate } = await loadX509()
  const read = readAuthorityCertificate(leaf)
  if (read === undefined) throw new TypeError('a certificate that was just made is unreadable')
  await putAuthority(context, read.authority, { certificate, version })
}
