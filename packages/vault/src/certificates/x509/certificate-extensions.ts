import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509'
import type { KeyUsageName } from '../key-usage.ts'
import type { X509Properties } from '../certificate-policy.ts'
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
    extension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), true),
    ...(ekus.length === 0
      ? []
      : [extension(id_ce_extKeyUsage, new ExtendedKeyUsage([...ekus]), false)]),
    ...(names === undefined ? [] : [extension(id_ce_subjectAltName, names, namesCritical)]),
  ]
}

/** The extensions of a certificate: those of the policy, and who it belongs to and comes from. */
export function certificateExtensions(
  policy: X509Properties,
  subjectKeyId: ArrayBuffer,
  authorityKeyId: ArrayBuffer,
): Extensions {
  const authority = new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(authorityKeyId) })
  return new Extensions([
    ...wantedExtensions(policy),
    extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(subjectKeyId), false),
    extension(id_ce_authorityKeyIdentifier, authority, false),
  ])
}

function keyUsageOf(names: readonly KeyUsageName[]): KeyUsage {
  return new KeyUsage(names.reduce((flags, name) => flags | FLAGS[name], 0))
}

function extension(extnID: string, value: object, critical: boolean): Extension {
  const extnValue = new OctetString(AsnConvert.serialize(value))
  return new Extension({ extnID, critical, extnValue })
}

/** The usages in the value of the extension. */
export function readKeyUsage(extension: Uint8Array): readonly KeyUsageName[] {
  const flags = AsnConvert.parse(Uint8Array.from(extension), KeyUsage).toNumber()
  const all = Object.entries(FLAGS) as [KeyUsageName, KeyUsageFlags][] // the entries of that record
  return all.flatMap(([name, flag]) => ((flags & flag) === 0 ? [] : [name]))
}
