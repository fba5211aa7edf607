import { Fault, type FaultCode } from '@claviger/vault'
import { AcmeFailure } from './acme-failure.ts'

/** The order is no longer wanted: cancelled, deleted, or done meanwhile. */
const OVER = new Set<FaultCode>([
  'PendingCertificateOver',
  'PendingCertificateNotFound',
  'ObjectNotFound',
  'VaultNotFound',
])

/** What says nothing of the order, but of this server. */
const OWN = new Set<FaultCode>([
  'StoreUnavailable',
  'AuditUnavailable',
  'Conflict',
  'RecordCorrupt',
  'ProviderUnavailable',
])

/** Tells whether an order ended because nobody waits for it any more. */
export function isOver(thrown: unknown): boolean {
  return thrown instanceof Fault && OVER.has(thrown.code)
}

/**
 * What is to be said of an order that failed; `undefined` where it is not the order that failed, so
 * that it stays due.
 */
export function failureOf(thrown: unknown): AcmeFailure | undefined {
  if (thrown instanceof AcmeFailure) return thrown
  if (!(thrown instanceof Fault) || OWN.has(thrown.code)) return undefined
  const { code, detail } = thrown
  if (code === 'CertificateIssuerNotFound') {
    return new AcmeFailure('The issuer of the policy is not there any more; make it again.')
  }
  const reason = 'reason' in detail ? `: ${detail.reason}` : ''
  return new AcmeFailure(`What the ACME server has issued cannot be used (${code}${reason}).`)
}
