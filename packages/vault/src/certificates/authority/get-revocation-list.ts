import { operation } from '../../operation.ts'
import { SECONDS_PER_DAY, type EpochSeconds } from '../../time.ts'
import { loadX509 } from '../load-x509.ts'
import { BACKDATE_SECONDS } from './backdate-seconds.ts'
import { revokedPrefix, type RevokedRecord } from './issued-record.ts'
import {
  auditedAuthority,
  publishedTarget,
  readPublished,
  type PublishedInput,
} from './read-published.ts'

export interface PublishedRevocationList {
  readonly der: Uint8Array
  readonly thisUpdate: EpochSeconds
  readonly nextUpdate: EpochSeconds
}

const VALID_SECONDS = SECONDS_PER_DAY
/** RFC 5280 §3.3: what is revoked is on one list at least that is made after its end. */
const KEPT_AFTER_END_SECONDS = SECONDS_PER_DAY

/**
 * Makes the list of what an authority has revoked, as of now. Each call signs a new one, so who
 * publishes it keeps it until something is revoked (the epoch changes) or it grows old.
 */
export const getRevocationList = operation<PublishedInput, PublishedRevocationList>({
  name: 'CertificateRevocationListGet',
  permission: 'maintenance/run',
  writes: false,
  target: publishedTarget,
  auditId: auditedAuthority,

  async run(context, input) {
    const { unit, vault, provider, now } = context
    const { certificate, key } = await readPublished(context, input)
    const listed = await unit.listAll<RevokedRecord>(revokedPrefix(vault(), certificate.authority))
    const revoked = listed
      .filter(({ content }) => content.meta.notAfter + KEPT_AFTER_END_SECONDS > now)
      .map(({ key: at, content }) => ({ ...content.meta, serial: at.split('/').at(-1) ?? '' }))
    const { revocationList } = await loadX509()
    const thisUpdate = now - BACKDATE_SECONDS
    const nextUpdate = now + VALID_SECONDS
    const der = await revocationList(provider, {
      signer: { name: certificate.subject, keyId: certificate.keyId, key },
      revoked,
      number: listNumber(now, listed.length),
      thisUpdate,
      nextUpdate,
    })
    return { der, thisUpdate, nextUpdate }
  },
})

/**
 * Numbers grow with time, and within a second with what is revoked, so that no counter has to be
 * written for a list that is only read.
 */
function listNumber(now: EpochSeconds, everRevoked: number): bigint {
  return (BigInt(now) << 32n) + BigInt(everRevoked)
}
