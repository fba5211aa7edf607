import { createHash } from 'node:crypto'
import { addDuration } from '../keys/duration.ts'
import type { OperationContext } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import { putFaces } from './certificate-faces.ts'
import { nextKeyPair, pairHandle, type CertificateKeyPair } from './certificate-material.ts'
import type { CertificatePolicy } from './certificate-policy.ts'
import type {
  CertificateHead,
  CertificateProperties,
  CertificateVersion,
  IssuedCertificate,
} from './certificate.ts'
import { loadX509 } from './load-x509.ts'
import { secretForm } from './secret-form.ts'

/** As the service: clocks differ, and a certificate from now on would be one of the future. */
const BACKDATE_SECONDS = 600

export interface NewVersion extends CertificateProperties {
  readonly name: string
  readonly version: string
  readonly preserveOrder?: boolean
}

/** From when until when a version is valid that is made now. */
export function validityOf(
  policy: CertificatePolicy,
  now: EpochSeconds,
): { readonly notBefore: EpochSeconds; readonly expires: EpochSeconds } {
  const months = { months: policy.x509.validityMonths, seconds: 0 }
  return { notBefore: now - BACKDATE_SECONDS, expires: addDuration(now, months) }
}

/** What is kept of certificates that were issued. @param chain as its secret has it; DER. */
export function issuedCertificate(
  { contentType }: CertificatePolicy,
  leaf: Uint8Array,
  chain: readonly Uint8Array[],
): IssuedCertificate {
  return {
    contentType,
    certificate: leaf.toBase64(),
    thumbprint: createHash('sha1').update(leaf).digest('base64url'),
    chain: chain.map((der) => der.toBase64()),
  }
}

/**
 * Makes a key, lets it sign its own certificate, and writes all three faces.
 * @param made the key, where it was made already.
 */
export async function issueSelfSigned(
  context: OperationContext,
  before: CertificateHead | undefined,
  policy: CertificatePolicy,
  wanted: NewVersion,
  made?: CertificateKeyPair,
): Promise<{ readonly version: CertificateVersion; readonly request: string }> {
  const { provider, vault, now } = context
  const { selfSignedCertificate, certificateRequest, subjectName } = await loadX509()
  subjectName(policy.x509.subject) // before a key is made for it
  const pair = made ?? (await nextKeyPair(context, before, policy))
  const key = pairHandle(vault(), pair)
  const { notBefore, expires } = validityOf(policy, now)
  const properties = policy.x509
  const leaf = await selfSignedCertificate(provider, {
    properties,
    key,
    notBefore,
    notAfter: expires,
  })
  const request = await certificateRequest(provider, { properties, key })
  const version: CertificateVersion = {
    ...wanted,
    notBefore,
    expires,
    created: now,
    updated: now,
    issued: issuedCertificate(policy, leaf, [leaf]),
  }
  await putIssued(context, before, policy, { version, pair, leaf, chain: [leaf] })
  return { version, request: request.toBase64() }
}

export interface IssuedVersion {
  readonly version: CertificateVersion
  readonly pair: CertificateKeyPair
  readonly leaf: Uint8Array
  readonly chain: readonly Uint8Array[]
}

/** Writes the three faces of a version whose certificate is there. */
export async function putIssued(
  context: OperationContext,
  before: CertificateHead | undefined,
  policy: CertificatePolicy,
  { version, pair, leaf, chain }: IssuedVersion,
): Promise<void> {
  const value = await secretForm(context, { policy, pair, leaf, chain })
  await putFaces(context, before, { version, policy, ...pair, value })
}
