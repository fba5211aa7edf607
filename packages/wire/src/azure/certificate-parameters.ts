import { decodeBase64url } from './base64url.ts'
import {
  readCertificatePolicy,
  type CertificatePolicyParameters,
} from './certificate-policy-parameters.ts'
import type { JsonMembers } from './json-members.ts'
import { omitUndefined, type OmitUndefined } from './omit-undefined.ts'

/** What a client says of a certificate; absent members keep their value or default. */
export type CertificateUpdateParameters = OmitUndefined<{
  readonly policy: CertificatePolicyParameters | undefined
  readonly enabled: boolean | undefined
  readonly tags: Readonly<Record<string, string>> | undefined
}>

export type CertificateCreateParameters = CertificateUpdateParameters &
  OmitUndefined<{ readonly preserveOrder: boolean | undefined }>

export type CertificateImportParameters = CertificateCreateParameters & {
  readonly value: string
} & OmitUndefined<{ readonly password: string | undefined }>

export type CertificateMergeParameters = Omit<CertificateUpdateParameters, 'policy'> & {
  /** DER. */
  readonly chain: readonly Uint8Array[]
}

/** `nbf` and `exp` are the certificate's own, so they are not read. @throws MalformedMember */
export function readCertificateUpdateParameters(body: JsonMembers): CertificateUpdateParameters {
  const policy = body.object('policy')
  return omitUndefined({
    policy: policy && readCertificatePolicy(policy),
    enabled: body.object('attributes')?.boolean('enabled'),
    tags: body.stringMap('tags'),
  })
}

/** @throws MalformedMember */
export function readCertificateCreateParameters(body: JsonMembers): CertificateCreateParameters {
  return {
    ...readCertificateUpdateParameters(body),
    ...omitUndefined({ preserveOrder: body.boolean('preserveCertOrder') }),
  }
}

/** @throws MalformedMember */
export function readCertificateImportParameters(body: JsonMembers): CertificateImportParameters {
  return {
    value: body.requiredString('value'),
    ...omitUndefined({ password: body.string('pwd') }),
    ...readCertificateCreateParameters(body),
  }
}

/** @throws MalformedMember */
export function readCertificateMergeParameters(body: JsonMembers): CertificateMergeParameters {
  const x5c = body.strings('x5c') ?? []
  if (x5c.length === 0) {
    throw body.malformed('x5c', 'X5C must have at least one valid item')
  }
  const chain = x5c.map((text) => {
    const der = decodeBase64url(text)
    if (der === undefined) throw body.malformed('x5c', 'each of its items must be base64 of DER')
    return der
  })
  const { policy: _, ...given } = readCertificateUpdateParameters(body)
  return { chain, ...given }
}

/** The only change of a pending operation is its end. @throws MalformedMember */
export function readCancellation(body: JsonMembers): void {
  if (body.boolean('cancellation_requested') === true) return
  throw body.malformed('cancellation_requested', 'it must be true')
}
