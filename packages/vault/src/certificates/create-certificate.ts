import { Fault, isFault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { RecordKey } from '../store/record-key.ts'
import { beginVersion } from './begin-version.ts'
import { auditedCertificate, certificateTarget, type CertificateRef } from './certificate.ts'
import { demandRoomForFaces } from './certificate-faces.ts'
import { givenProperties, type VersionInput } from './certificate-input.ts'
import type { CertificatePolicy } from './certificate-policy.ts'
import { completePolicy } from './complete-policy.ts'
import { changeOrderDue, pendingCertificateKey, type PendingCertificate } from './pending-certificate.ts'

export interface CreateCertificateInput extends VersionInput {
  readonly certificate: CertificateRef
}

/**
 * Makes a version by the policy. By its own key it is made at once; for an issuer outside there is a
 * request to be signed, and the version before keeps working until its answer is merged.
 */
export const createCertificate = operation<CreateCertificateInput, PendingCertificate>({
  name: 'CertificateCreate',
  permission: 'certificates/create',
  writes: true,
  target: certificateTarget,
  event: ({ status }) => (status === 'completed' ? 'CertificateNewVersionCreated' : undefined),
  auditId: ({ certificate }, output) => auditedCertificate(certificate, output?.version),

  async run(context, input) {
    const { unit, now } = context
    const { certificate } = input
    const head = await demandRoomForFaces(context, certificate)
    const pendingKey = await demandNothingPending(context, certificate)
    const given = givenProperties(input)
    if (input.policy === undefined && head === undefined) {
      throw invalidInput('policy', 'it must be given for a certificate that does not exist yet')
    }
    const policy =
      input.policy === undefined && head !== undefined
        ? head.policy
        : policyOf(input, now, head?.policy)
    const version = {
      ...given,
      name: head?.current.name ?? certificate.name,
      version: randomHexId(),
    }
    const pending = await beginVersion(context, { head, policy, version }).catch(inWords)
    await changeOrderDue(unit, context.vault(), version.name, undefined, pending.meta)
    unit.put<PendingCertificate>(pendingKey, pending)
    return pending.meta
  },
})

/** A new policy takes the place of the one before whole, but for when that was made. */
function policyOf(
  { policy = {} }: VersionInput,
  now: number,
  before: CertificatePolicy | undefined,
): CertificatePolicy {
  return { ...completePolicy(policy, now), created: before?.created ?? now }
}

/** @throws Fault PendingCertificateInProgress */
export async function demandNothingPending(
  { unit, vault }: Pick<OperationContext, 'unit' | 'vault'>,
  { name }: CertificateRef,
): Promise<RecordKey> {
  const key = pendingCertificateKey(vault(), name)
  const pending = await unit.get<PendingCertificate>(key)
  if (pending?.meta.status === 'inProgress') {
    throw new Fault('PendingCertificateInProgress', { name })
  }
  return key
}

/** An issuer that is named and not there is a wrong policy, and not an object that was asked for. */
function inWords(thrown: unknown): never {
  if (!isFault(thrown, 'CertificateIssuerNotFound')) throw thrown
  const { name } = thrown.detail
  const reason = `there is no issuer ${name} in this vault; make it first, or name Self or Unknown`
  throw invalidInput('policy.issuer.name', reason)
}
