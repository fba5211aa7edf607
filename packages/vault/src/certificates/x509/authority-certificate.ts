import { AsnConvert } from '@peculiar/asn1-schema'
import {
  AuthorityKeyIdentifier,
  Certificate,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
  SubjectKeyIdentifier,
  type Name,
} from '@peculiar/asn1-x509'
import type { AuthorityConstraint } from '../certificate-policy.ts'
import type { KeyUsageName } from '../key-usage.ts'
import { readBasicConstraints, readKeyUsage } from './certificate-extensions.ts'
import { keyIdentifier } from './public-key-info.ts'
import { extensionValue, readCertificate, type ReadCertificate } from './read-certificate.ts'

/** A certificate, as far as it matters of an authority. */
export interface AuthorityCertificate extends ReadCertificate {
  readonly subject: Name
  /** The bits of its public key, as hashes of it are made. */
  readonly keyBits: Uint8Array
  /** The key itself: SHA-1 of its bits, 40 lower-case hexadecimal digits. */
  readonly authority: string
  /** What certificates by it call its key: its own subject key identifier, if it has one. */
  readonly keyId: ArrayBuffer
  /** What it calls the key that has signed it, if it says so. */
  readonly issuerKeyId?: Uint8Array
  /** Absent when it is not that of an authority. */
  readonly ca?: AuthorityConstraint
  /** Absent where it says nothing, and all is allowed (RFC 5280 §4.2.1.3). */
  readonly keyUsage?: readonly KeyUsageName[]
}

/** Reads a certificate as one of an authority; `undefined` when it is none at all. */
export function readAuthorityCertificate(der: Uint8Array): AuthorityCertificate | undefined {
  const read = readCertificate(der)
  if (read === undefined) return undefined
  try {
    const { tbsCertificate } = AsnConvert.parse(Uint8Array.from(read.der), Certificate)
    const parsed = <Kind>(id: string, parse: (value: Uint8Array) => Kind): Kind | undefined => {
      const value = extensionValue(tbsCertificate, id)
      return value && parse(value)
    }
    const ca = parsed(id_ce_basicConstraints, readBasicConstraints)
    const keyUsage = parsed(id_ce_keyUsage, readKeyUsage)
    const issuerKeyId = parsed(id_ce_authorityKeyIdentifier, readIssuerKeyId)
    const own = keyIdentifier(tbsCertificate.subjectPublicKeyInfo)
    return {
      ...read,
      subject: tbsCertificate.subject,
      keyBits: new Uint8Array(tbsCertificate.subjectPublicKeyInfo.subjectPublicKey),
      authority: Buffer.from(own).toString('hex'),
      keyId: parsed(id_ce_subjectKeyIdentifier, readSubjectKeyId) ?? own,
      ...(issuerKeyId && { issuerKeyId }),
      ...(ca && { ca }),
      ...(keyUsage && { keyUsage }),
    }
  } catch {
    return undefined
  }
}

function readSubjectKeyId(value: Uint8Array): ArrayBuffer {
  return AsnConvert.parse(Uint8Array.from(value), SubjectKeyIdentifier).buffer
}

function readIssuerKeyId(value: Uint8Array): Uint8Array | undefined {
  const { keyIdentifier: id } = AsnConvert.parse(Uint8Array.from(value), AuthorityKeyIdentifier)
  return id && new Uint8Array(id.buffer)
}
