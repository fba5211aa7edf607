import { Fault, isFault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { operation, type OperationContext } from '../operation.ts'
import { beginVersion } from './begin-version.ts'
import {
  auditedCertificate,
  certificateKey,
  certificateTarget,
  type CertificateHead,
  type CertificateRef,
} from './certificate.ts'
import { changeCertificateDues, renewalTime } from './certificate-due.ts'
import { demandRoomForFaces } from './certificate-faces.ts'
import {
  changeOrderDue,
  pendingCertificateKey,
  type PendingCertificate,
} from './pending-certificate.ts'
import { certificateNotFound } from './read-certificate.ts'
import { begunRenewal } from './renewal-state.ts'

/** The answer of a renewal that is done by the clock. */
export interface RenewedIfDue {
  /** `ordered` of an authority elsewhere, which may take its time. */
  readonly outcome: 'renewed' | 'ordered' | 'notDue'
  /** The new version, present unless it was not time. */
  readonly version?: string
}

/**
 * Begins the next version of a certificate when its policy says that it is time; for the scheduler.
 * What its owner has said of the version before holds of the new one.
 * @throws Fault IssuerRefused, CertificateIssuerNotFound, InvalidInput when its issuer will not make
 *   one; the certificate stays due until `failRenewal` has said so.
 */
export const renewCertificateIfDue = operation<
  { readonly certificate: CertificateRef },
  RenewedIfDue
>({
  name: 'CertificateRenew',
  permission: 'certificates/create',
  writes: true,
  target: certificateTarget,
  event: ({ outcome }) =>
    outcome === 'renewed' ? 'CertificateNewVersionCreated' : undefined,
  auditId: ({ certificate }, output) => auditedCertificate(certificate, output?.version),

  async run(context, { certificate }) {
    const { unit, vault, now } = context
    const head = await demandRoomForFaces(context, certificate)
    if (head === undefined) throw certificateNotFound(certificate)
    const time = renewalTime(head)
    if (time === undefined || time > now) return { outcome: 'notDue' }
    const pendingKey = pendingCertificateKey(vault(), certificate.name)
    const before = await unit.get<PendingCertificate>(pendingKey)
    if (before?.meta.status === 'inProgress') {
      throw new Fault('IssuerRefused', {
        reason: 'another version is under way; complete, cancel or delete its pending operation',
      })
    }
    const { name, enabled, tags, preserveOrder } = head.current
    const version = {
      name,
      enabled,
      version: randomHexId(),
      ...(tags === undefined ? {} : { tags }),
      ...(preserveOrder === undefined ? {} : { preserveOrder }),
    }
    const pending = await beginVersion(context, { head, policy: head.policy, version })
    const { status, error = '' } = pending.meta
    if (status === 'failed') throw new Fault('IssuerRefused', { reason: error.replace(/\.$/, '') })
    await changeOrderDue(unit, vault(), name, undefined, pending.meta)
    unit.put<PendingCertificate>(pendingKey, pending)
    if (status === 'completed') return { outcome: 'renewed', version: version.version }
    await putRenewal(context, head)
    return { outcome: 'ordered', version: version.version }
  },
})

async function putRenewal(
  { unit, vault, now }: OperationContext,
  head: CertificateHead,
): Promise<void> {
  const after: CertificateHead = { ...head, renewal: begunRenewal(head.renewal, now) }
  await changeCertificateDues(unit, vault(), head, after)
  unit.put<CertificateHead>(certificateKey(vault(), head.current.name), { meta: after })
}

/** Why a renewal failed, in words; `undefined` for what is no matter of its issuer. */
export function renewalProblem(thrown: unknown): string | undefined {
  if (isFault(thrown, 'IssuerRefused')) return `${thrown.detail.reason}.`
  if (isFault(thrown, 'CertificateIssuerNotFound')) {
    return `There is no issuer ${thrown.detail.name} in this vault. Make it, or name another.`
  }
  if (!isFault(thrown, 'InvalidInput')) return undefined
  return `The policy cannot be followed: ${thrown.detail.property}: ${thrown.detail.reason}.`
}
