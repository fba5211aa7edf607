import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AccessDescription,
  AuthorityInfoAccessSyntax,
  AuthorityKeyIdentifier,
  BasicConstraints,
  CRLDistributionPoints,
  DistributionPoint,
  DistributionPointName,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  id_ad_caIssuers,
  id_ad_ocsp,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_cRLDistributionPoints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_pe_authorityInfoAccess,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509'
import type { KeyUsageName } from '../key-usage.ts'
import type { AuthorityConstraint, X509Properties } from '../certificate-policy.ts'
import { generalNamesOf } from './alternative-names.ts'

const FLAGS: Readonly<Record<KeyUsageName, KeyUsageFlags>> = {
  digitalSignature: KeyUsageFlags.digitalSignature,
  nonRepudiation: KeyUsageFlags.nonRepudiation,
  keyEncipherment: KeyUsageFlags.keyEncipherment,
  dataEncipherment: KeyUsageFlags.dataEncipherment,
  keyAgreement: KeyUsageFlags.keyAgreement,
  keyCertSign: KeyUsageFlags.keyCertSign,
  cRLSign: KeyUsageFlags.cRLSign,
  encipherOnly: KeyUsageFlags.encipherOnly,
  decipherOnly: KeyUsageFlags.decipherOnly,
}

/** What a policy asks for, in the service's order: what a request and a certificate both have. */
export function wantedExtensions(policy: X509Properties): Extension[] {
  const { keyUsage, ekus, alternativeNames } = policy
  const names = generalNamesOf(alternativeNames)
  // RFC 5280 §4.2.1.6: without a subject the alternative names are all there is.
  const namesCritical = policy.subject === ''
  return [
    ...(keyUsage.length === 0 ? [] : [extension(id_ce_keyUsage, keyUsageOf(keyUsage), true)]),
    extension(id_ce_basicConstraints, basicConstraintsOf(policy), true),
    ...(ekus.length === 0
      ? []
      : [extension(id_ce_extKeyUsage, new ExtendedKeyUsage([...ekus]), false)]),
    ...(names === undefined ? [] : [extension(id_ce_subjectAltName, names, namesCritical)]),
  ]
}

/** Where an authority publishes what it says: without TLS, whose clients need it to begin. */
export interface Publication {
  readonly ocsp: string
  /** The certificate of the authority, DER. */
  readonly certificate: string
  /** Absent when the authority may sign no revocation list. */
  readonly revocationList?: string
}

export interface CertificateIdentifiers {
  readonly subjectKeyId: ArrayBuffer
  readonly authorityKeyId: ArrayBuffer
  readonly publication?: Publication
}

/** The extensions of a certificate: those of the policy, and who it belongs to and comes from. */
export function certificateExtensions(
  policy: X509Properties,
  { subjectKeyId, authorityKeyId, publication }: CertificateIdentifiers,
): Extensions {
  return new Extensions([
    ...wantedExtensions(policy),
    extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(subjectKeyId), false),
    authorityKeyExtension(authorityKeyId),
    ...(publication === undefined ? [] : publicationExtensions(publication)),
  ])
}

/** Names the key that has signed a certificate or a revocation list. */
export function authorityKeyExtension(keyIdentifier: ArrayBuffer): Extension {
  const authority = new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyIdentifier) })
  return extension(id_ce_authorityKeyIdentifier, authority, false)
}

function publicationExtensions(publication: Publication): readonly Extension[] {
  const { ocsp, certificate, revocationList } = publication
  const access = new AuthorityInfoAccessSyntax([
    new AccessDescription({ accessMethod: id_ad_ocsp, accessLocation: urlName(ocsp) }),
    new AccessDescription({ accessMethod: id_ad_caIssuers, accessLocation: urlName(certificate) }),
  ])
  const about = extension(id_pe_authorityInfoAccess, access, false)
  if (revocationList === undefined) return [about]
  const fullName = [urlName(revocationList)]
  const points = new CRLDistributionPoints([
    new DistributionPoint({ distributionPoint: new DistributionPointName({ fullName }) }),
  ])
  return [about, extension(id_ce_cRLDistributionPoints, points, false)]
}

function urlName(uniformResourceIdentifier: string): GeneralName {
  return new GeneralName({ uniformResourceIdentifier })
}

function basicConstraintsOf({ ca }: X509Properties): BasicConstraints {
  const { pathLength: pathLenConstraint } = ca ?? {}
  return new BasicConstraints({
    cA: ca !== undefined,
    ...(pathLenConstraint === undefined ? {} : { pathLenConstraint }),
  })
}

function keyUsageOf(names: readonly KeyUsageName[]): KeyUsage {
  return new KeyUsage(names.reduce((flags, name) => flags | FLAGS[name], 0))
}

/** An extension with the DER of a value. */
export function extension(extnID: string, value: object, critical: boolean): Extension {
  const extnValue = new OctetString(AsnConvert.serialize(value))
  return new Extension({ extnID, critical, extnValue })
}

/** The usages in the value of the extension. */
export function readKeyUsage(extension: Uint8Array): readonly KeyUsageName[] {
  const flags = AsnConvert.parse(Uint8Array.from(extension), KeyUsage).toNumber()
  const all = Object.entries(FLAGS) as [KeyUsageName, KeyUsageFlags][] // the entries of that record
  return all.flatMap(([name, flag]) => ((flags & flag) === 0 ? [] : [name]))
}

/** What the extension says of an authority; `undefined` when it is that of none. */
export function readBasicConstraints(extension: Uint8Array): AuthorityConstraint | undefined {
  const { cA, pathLenConstraint } = AsnConvert.parse(Uint8Array.from(extension), BasicConstraints)
  if (!cA) return undefined
  return pathLenConstraint === undefined ? {} : { pathLength: pathLenConstraint }
}
