import { createHash } from 'node:crypto'
import { operation } from '../../operation.ts'
import type { EpochSeconds } from '../../time.ts'
import { loadX509 } from '../load-x509.ts'
import { BACKDATE_SECONDS } from './backdate-seconds.ts'
import type { OcspQuestion } from '../x509/index.ts'
import { isSerial, issuedKey, type IssuedRecord } from './issued-record.ts'
import {
  auditedAuthority,
  publishedTarget,
  readPublished,
  type PublishedInput,
} from './read-published.ts'

export interface GetOcspResponseInput extends PublishedInput {
  /** OCSPRequest in DER, as it came. */
  readonly request: Uint8Array
}

export interface PublishedOcspResponse {
  readonly der: Uint8Array
  readonly status: 'good' | 'revoked' | 'unauthorized' | 'malformedRequest'
  /** When it must be asked again; absent where nobody has signed the answer. */
  readonly nextUpdate?: EpochSeconds
}

const VALID_SECONDS = 3_600

/** The hashes in which authorities are named, by their object ids. */
const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
}

/**
 * Says whether a certificate was revoked: RFC 6960 in the profile of RFC 5019, by which answers may
 * be kept. A nonce is not repeated (§2.2.1 of that), and of what was not issued here nothing is said.
 */
export const getOcspResponse = operation<GetOcspResponseInput, PublishedOcspResponse>({
  name: 'CertificateStatusGet',
  permission: 'maintenance/run',
  writes: false,
  target: publishedTarget,
  auditId: auditedAuthority,

  async run(context, input) {
    const { unit, vault, provider, now } = context
    const { certificate, key } = await readPublished(context, input)
    const { authority, keyBits } = certificate
    const { ocspRefusal, ocspResponse, readOcspRequest } = await loadX509()
    const refuse = (status: 'unauthorized' | 'malformedRequest'): PublishedOcspResponse => ({
      der: ocspRefusal(status),
      status,
    })
    const question = readOcspRequest(input.request)
    if (question === undefined) return refuse('malformedRequest')
    if (!isAbout(question, keyBits) || !isSerial(question.serial)) return refuse('unauthorized')
    const issued = await unit.get<IssuedRecord>(issuedKey(vault(), authority, question.serial))
    if (issued === undefined) return refuse('unauthorized')
    const { revoked } = issued.meta
    const nextUpdate = now + VALID_SECONDS
    const der = await ocspResponse(provider, {
      question,
      keyHash: Buffer.from(authority, 'hex'),
      key,
      ...(revoked && { revoked }),
      thisUpdate: now - BACKDATE_SECONDS,
      nextUpdate,
    })
    return { der, status: revoked === undefined ? 'good' : 'revoked', nextUpdate }
  },
})

/**
 * The key alone decides: serial numbers are unique under it, and an authority that was renamed
 * keeps what it has issued.
 */
function isAbout({ hash, keyHash }: OcspQuestion, keyBits: Uint8Array): boolean {
  const name = Object.hasOwn(HASHES, hash) ? HASHES[hash] : undefined
  return name !== undefined && createHash(name).update(keyBits).digest().equals(keyHash)
}
