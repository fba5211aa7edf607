import {
  BasicOCSPResponse,
  CertStatus,
  id_pkix_ocsp_basic,
  KeyHash,
  OCSPResponse,
  OCSPResponseStatus,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
} from '@peculiar/asn1-ocsp'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { CRLReason } from '@peculiar/asn1-x509'
import type { KeyHandle, Provider } from '../../crypto/provider.ts'
import type { EpochSeconds } from '../../time.ts'
import type { Revocation } from '../authority/issued-record.ts'
import { REVOCATION_REASONS } from '../authority/revocation-reason.ts'
import type { OcspQuestion } from './ocsp-request.ts'
import { signatureIdentifier, signDer } from './signature-scheme.ts'

export interface OcspResponseInput {
  readonly question: OcspQuestion
  /** SHA-1 of the bits of the authority's public key: how the answer says who has signed it. */
  readonly keyHash: Uint8Array
  readonly key: KeyHandle
  /** Absent for a certificate that is good. */
  readonly revoked?: Revocation
  readonly thisUpdate: EpochSeconds
  readonly nextUpdate: EpochSeconds
}

/**
 * Answers what was asked of a certificate (RFC 6960 §4.2.1), signed by the authority's own key.
 * @returns DER.
 */
export async function ocspResponse(
  provider: Pick<Provider, 'sign'>,
  { question, keyHash, key, revoked, thisUpdate, nextUpdate }: OcspResponseInput,
): Promise<Uint8Array> {
  const tbsResponseData = new ResponseData({
    responderID: new ResponderID({ byKey: new KeyHash(keyHash) }),
    producedAt: at(thisUpdate),
    responses: [
      new SingleResponse({
        certID: question.certificate,
        certStatus: statusOf(revoked),
        thisUpdate: at(thisUpdate),
        nextUpdate: at(nextUpdate),
      }),
    ],
  })
  const signed = Buffer.from(AsnConvert.serialize(tbsResponseData))
  const basic = new BasicOCSPResponse({
    tbsResponseData,
    signatureAlgorithm: signatureIdentifier(key.spec),
    signature: await signDer(provider, key, signed),
  })
  return responseOf(OCSPResponseStatus.successful, basic)
}

/** An answer that says why there is none; nobody signs it. @returns DER. */
export function ocspRefusal(reason: 'malformedRequest' | 'unauthorized'): Uint8Array {
  return responseOf(OCSPResponseStatus[reason])
}

function responseOf(responseStatus: OCSPResponseStatus, basic?: BasicOCSPResponse): Uint8Array {
  const responseBytes =
    basic &&
    new ResponseBytes({
      responseType: id_pkix_ocsp_basic,
      response: new OctetString(AsnConvert.serialize(basic)),
    })
  const response = new OCSPResponse({ responseStatus, ...(responseBytes && { responseBytes }) })
  return new Uint8Array(AsnConvert.serialize(response))
}

function statusOf(revoked: Revocation | undefined): CertStatus {
  if (revoked === undefined) return new CertStatus({ good: null })
  const { at: time, reason } = revoked
  const info = new RevokedInfo({
    revocationTime: at(time),
    // RFC 6960 §4.2.1: as in lists, no reason is said by its absence.
    ...(reason === 'unspecified'
      ? {}
      : { revocationReason: new CRLReason(REVOCATION_REASONS[reason]) }),
  })
  return new CertStatus({ revoked: info })
}

function at(time: EpochSeconds): Date {
  return new Date(time * 1000)
}
