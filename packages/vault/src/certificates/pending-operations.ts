import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { auditedCertificate, certificateTarget, type CertificateRef } from './certificate.ts'
import { destroyWaitingKey } from './destroy-waiting-key.ts'
import {
  changeOrderDue,
  pendingCertificateKey,
  readPending,
  type PendingCertificate,
} from './pending-certificate.ts'

export interface PendingInput {
  readonly certificate: CertificateRef
}

export interface GetPendingInput extends PendingInput {
  /** Another operation than this one is not found. */
  readonly requestId?: string
}

/** Tells how far the making of a version is. */
export const getPending = operation<GetPendingInput, PendingCertificate>({
  name: 'CertificatePendingGet',
  permission: 'certificates/get',
  writes: false,
  target: certificateTarget,
  auditId: ({ certificate }, output) => auditedCertificate(certificate, output?.version),

  async run({ unit, vault }, { certificate, requestId }) {
    const { meta } = await readPending(unit, vault(), certificate.name)
    if (requestId !== undefined && requestId.toLowerCase() !== meta.requestId) {
      throw new Fault('PendingCertificateNotFound', { name: certificate.name })
    }
    return meta
  },
})

/** Gives the making of a version up; its key is destroyed, the version before stays. */
export const cancelPending = operation<PendingInput, PendingCertificate>({
  name: 'CertificatePendingUpdate',
  permission: 'certificates/update',
  writes: true,
  target: certificateTarget,

  async run(context, { certificate: { name } }) {
    const { unit, vault } = context
    const pending = await readPending(unit, vault(), name)
    const { meta } = pending
    if (meta.status !== 'inProgress') {
      throw new Fault('PendingCertificateOver', { name, status: meta.status })
    }
    const { key: _, order: __, ...rest } = meta
    const cancelled = { ...rest, status: 'cancelled', cancellationRequested: true } as const
    await changeOrderDue(unit, vault(), meta.name, meta, undefined)
    unit.put<PendingCertificate>(pendingCertificateKey(vault(), name), { meta: cancelled })
    await destroyWaitingKey(context, pending)
    // As recorded of the service: the answer is still in progress, the next one is not.
    return { ...cancelled, status: 'inProgress' }
  },
})

/** Removes the operation, with the key of one that is under way; what it has made stays. */
export const deletePending = operation<PendingInput, PendingCertificate>({
  name: 'CertificatePendingDelete',
  permission: 'certificates/delete',
  writes: true,
  target: certificateTarget,

  async run(context, { certificate: { name } }) {
    const { unit, vault } = context
    const pending = await readPending(unit, vault(), name)
    const { meta } = pending
    await changeOrderDue(unit, vault(), meta.name, meta, undefined)
    unit.delete(pendingCertificateKey(vault(), name))
    await destroyWaitingKey(context, pending)
    return meta
  },
})
