import { Fault } from '../fault.ts'
import { keyKey, type KeyHead } from '../keys/key.ts'
import { destroyKey } from '../keys/purge-key.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { Content } from '../seal/seal.ts'
import { auditedCertificate, certificateTarget, type CertificateRef } from './certificate.ts'
import { pairHandle } from './certificate-material.ts'
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

/** The key of a version that will not be, in the provider too, once its record is gone. */
async function destroyWaitingKey(
  { unit, vault, provider, commitThrough, commitUnit }: OperationContext,
  { meta: { key, name }, secret: material }: Content<PendingCertificate>,
): Promise<void> {
  if (key === undefined || material === undefined) return
  const live = await unit.get<KeyHead>(keyKey(vault(), name))
  // A renewal may keep the key that is in use.
  if (live?.meta.current.materialId === key.materialId) return
  const handle = pairHandle(vault(), { key, material })
  commitThrough(async (audit) => {
    await commitUnit(audit)
    await destroyKey(provider, handle)
    material.wipe()
  })
}
