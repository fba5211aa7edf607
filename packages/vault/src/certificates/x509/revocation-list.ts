import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { Extension, id_ce_cRLNumber, TBSCertList, Time, Version } from '@peculiar/asn1-x509'
import { fromBER, Integer, Sequence } from 'asn1js'
import type { Provider } from '../../crypto/provider.ts'
import { BIT_STRING, derElement, SEQUENCE } from '../../crypto/software/der.ts'
import type { EpochSeconds } from '../../time.ts'
import { authorityKeyExtension } from './certificate-extensions.ts'
import { revokedEntries, type RevokedEntry } from './revoked-entries.ts'
import { signatureIdentifier, signDer } from './signature-scheme.ts'
import type { CertificateSigner } from './signed-certificate.ts'

export interface RevocationListInput {
  readonly signer: CertificateSigner
  readonly revoked: readonly RevokedEntry[]
  /** Greater than that of every list before. */
  readonly number: bigint
  readonly thisUpdate: EpochSeconds
  readonly nextUpdate: EpochSeconds
}

/**
 * Makes the list of what an authority has revoked (CRL v2, RFC 5280 §5), signed by the provider.
 * @returns DER.
 */
export async function revocationList(
  provider: Pick<Provider, 'sign'>,
  { signer, revoked, number, thisUpdate, nextUpdate }: RevocationListInput,
): Promise<Uint8Array> {
  const signatureAlgorithm = signatureIdentifier(signer.key.spec)
  const withoutEntries = new TBSCertList({
    version: Version.v2,
    signature: signatureAlgorithm,
    issuer: signer.name,
    thisUpdate: at(thisUpdate),
    nextUpdate: at(nextUpdate),
    crlExtensions: [authorityKeyExtension(signer.keyId), numberExtension(number)],
  })
  const signed = withEntries(AsnConvert.serialize(withoutEntries), revokedEntries(revoked))
  const signature = new Uint8Array(await signDer(provider, signer.key, signed))
  return derElement(
    SEQUENCE,
    signed,
    new Uint8Array(AsnConvert.serialize(signatureAlgorithm)),
    derElement(BIT_STRING, Uint8Array.of(0), signature),
  )
}

/** Puts the entries in behind `nextUpdate`; RFC 5280 §5.1.2.6: none at all rather than no entry. */
function withEntries(list: ArrayBuffer, entries: Uint8Array): Uint8Array {
  if (entries.byteLength === 0) return new Uint8Array(list)
  const { result } = fromBER(list)
  if (!(result instanceof Sequence)) throw new TypeError('a list that was just made is no sequence')
  const members = result.valueBlock.value.map((one): Uint8Array => new Uint8Array(one.toBER()))
  const all = members.toSpliced(BEFORE_ENTRIES, 0, derElement(SEQUENCE, entries))
  return derElement(SEQUENCE, ...all)
}

/** Version, signature, issuer, and the two dates. */
const BEFORE_ENTRIES = 5

function numberExtension(number: bigint): Extension {
  const extnValue = new OctetString(Integer.fromBigInt(number).toBER())
  return new Extension({ extnID: id_ce_cRLNumber, critical: false, extnValue })
}

function at(time: EpochSeconds): Time {
  return new Time(new Date(time * 1000))
}
