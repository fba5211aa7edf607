import { X509Certificate } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import {
  Certificate,
  ExtendedKeyUsage,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  type TBSCertificate,
} from '@peculiar/asn1-x509'
import type { EpochSeconds } from '../../time.ts'
import type { X509Properties } from '../certificate-policy.ts'
import { readGeneralNames } from './alternative-names.ts'
import { readBasicConstraints, readKeyUsage } from './certificate-extensions.ts'
import { formatName } from './distinguished-name.ts'

/** A certificate that was read, by OpenSSL where that knows the answer. */
export interface ReadCertificate {
  readonly der: Uint8Array
  readonly x509: X509Certificate
  /** The public key as SubjectPublicKeyInfo in DER. */
  readonly publicKeyDer: Uint8Array
  /** 0 for what is before 1970. */
  readonly notBefore: EpochSeconds
  readonly notAfter: EpochSeconds
}

/**
 * Reads one certificate; `undefined` when it is none, has no times, or has a key that OpenSSL does not
 * know.
 */
export function readCertificate(der: Uint8Array): ReadCertificate | undefined {
  try {
    const x509 = new X509Certificate(der)
    if (!hasTimes(x509)) return undefined
    return {
      // What OpenSSL has read, without what may follow it.
      der: new Uint8Array(x509.raw),
      x509,
      publicKeyDer: x509.publicKey.export({ type: 'spki', format: 'der' }),
      notBefore: secondsOf(x509.validFromDate),
      notAfter: secondsOf(x509.validToDate),
    }
  } catch {
    return undefined
  }
}

/**
 * OpenSSL takes any octets for a time and finds out when it is asked for it. The texts then say so;
 * the dates would be whatever stood in memory.
 */
function hasTimes({ validFrom, validTo }: X509Certificate): boolean {
  return [validFrom, validTo].every((text) => !Number.isNaN(Date.parse(text)))
}

function secondsOf(date: Date): EpochSeconds {
  return Math.max(0, Math.floor(date.getTime() / 1000))
}

/** What a policy would have to say for a certificate like this; `undefined` when it is unreadable. */
export function propertiesOf(read: ReadCertificate): X509Properties | undefined {
  try {
    const { tbsCertificate } = AsnConvert.parse(Uint8Array.from(read.der), Certificate)
    const valueOf = (id: string): Uint8Array | undefined => extensionValue(tbsCertificate, id)
    const names = valueOf(id_ce_subjectAltName)
    const ekus = valueOf(id_ce_extKeyUsage)
    const keyUsage = valueOf(id_ce_keyUsage)
    const constraints = valueOf(id_ce_basicConstraints)
    const ca = constraints && readBasicConstraints(constraints)
    return {
      subject: formatName(tbsCertificate.subject),
      alternativeNames: names === undefined ? {} : readGeneralNames(names),
      ekus: ekus === undefined ? [] : [...AsnConvert.parse(Uint8Array.from(ekus), ExtendedKeyUsage)],
      keyUsage: keyUsage === undefined ? [] : readKeyUsage(keyUsage),
      validityMonths: Math.max(1, Math.round((read.notAfter - read.notBefore) / AVERAGE_MONTH)),
      ...(ca === undefined ? {} : { ca }),
    }
  } catch {
    return undefined
  }
}

/** The value of an extension, DER; `undefined` when there is none. */
export function extensionValue(
  { extensions }: Pick<TBSCertificate, 'extensions'>,
  id: string,
): Uint8Array | undefined {
  const found = extensions?.find(({ extnID }) => extnID === id)
  return found && new Uint8Array(found.extnValue.buffer)
}

/** Seconds of a twelfth of a mean year of the Gregorian calendar. */
const AVERAGE_MONTH = 2_629_746

/**
 * Puts the leaf first and after each certificate the one that issued it; what belongs to none of
 * them stays at the end as it came.
 */
export function inChainOrder(
  leaf: ReadCertificate,
  others: readonly ReadCertificate[],
): readonly ReadCertificate[] {
  const ordered = [leaf]
  const left = [...others]
  for (let current = leaf; ; ) {
    const at = left.findIndex(({ x509 }) => current.x509.checkIssued(x509))
    const [next] = at < 0 ? [] : left.splice(at, 1)
    if (next === undefined) return [...ordered, ...left]
    ordered.push(next)
    current = next
  }
}
