import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { Content } from '../seal/seal.ts'
import type { RecordKey } from '../store/record-key.ts'
import {
  auditedCertificate,
  certificateKey,
  certificateTarget,
  type CertificateHead,
  type CertificateRef,
  type CertificateVersion,
} from './certificate.ts'
import { changeCertificateDues } from './certificate-due.ts'
import { demandRoomForFaces } from './certificate-faces.ts'
import { givenProperties, type VersionInput } from './certificate-input.ts'
import { nextKeyPair, pairHandle } from './certificate-material.ts'
import { SELF, UNKNOWN, type CertificatePolicy } from './certificate-policy.ts'
import { completePolicy } from './complete-policy.ts'
import { readIssuer } from './issuer.ts'
import { issueSelfSigned, validityOf, type NewVersion } from './issue-self-signed.ts'
import { loadX509 } from './load-x509.ts'
import { pendingCertificateKey, type PendingCertificate } from './pending-certificate.ts'

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
    const wanted = {
      ...given,
      name: head?.current.name ?? certificate.name,
      version: randomHexId(),
    }
    const pending =
      policy.issuer.name === SELF
        ? await selfSigned(context, head, policy, wanted)
        : policy.issuer.name === UNKNOWN
          ? await requested(context, head, policy, wanted)
          : await refusedByIssuer(context, head, policy, wanted)
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

type Pending = Content<PendingCertificate>

async function selfSigned(
  context: OperationContext,
  head: CertificateHead | undefined,
  policy: CertificatePolicy,
  wanted: NewVersion,
): Promise<Pending> {
  const { request } = await issueSelfSigned(context, head, policy, wanted)
  return { meta: { ...pendingOf(policy, wanted), request, status: 'completed' } }
}

/** Makes the key and asks for its certificate; the key waits in the pending record. */
async function requested(
  context: OperationContext,
  head: CertificateHead | undefined,
  policy: CertificatePolicy,
  wanted: NewVersion,
): Promise<Pending> {
  const { provider, vault } = context
  const { certificateRequest, subjectName } = await loadX509()
  subjectName(policy.x509.subject) // before a key is made for it
  const pair = await nextKeyPair(context, head, policy)
  const key = pairHandle(vault(), pair)
  const request = await certificateRequest(provider, { properties: policy.x509, key })
  await putPolicy(context, head, policy, wanted)
  return {
    meta: {
      ...pendingOf(policy, wanted),
      request: request.toBase64(),
      status: 'inProgress',
      key: pair.key,
    },
    secret: pair.material,
  }
}

/**
 * An issuer of the vault is asked in vain: none of their providers is built in. The operation says
 * so, as it would for one that refuses, and the version before keeps working.
 */
async function refusedByIssuer(
  context: OperationContext,
  head: CertificateHead | undefined,
  policy: CertificatePolicy,
  wanted: NewVersion,
): Promise<Pending> {
  const { name } = policy.issuer
  const issuer = await readIssuer(context.unit, context.vault(), name).catch((thrown: unknown) => {
    if (!(thrown instanceof Fault) || thrown.code !== 'CertificateIssuerNotFound') throw thrown
    const reason = `there is no issuer ${name} in this vault; make it first, or name Self or Unknown`
    throw invalidInput('policy.issuer.name', reason)
  })
  await putPolicy(context, head, policy, wanted)
  const error =
    `Certificates of the provider ${issuer.meta.provider} cannot be issued by this server. ` +
    'Use the issuer Unknown: send the request to the provider yourself and merge its answer.'
  return { meta: { ...pendingOf(policy, wanted), status: 'failed', error } }
}

function pendingOf(
  { issuer }: CertificatePolicy,
  wanted: NewVersion,
): Omit<PendingCertificate, 'status'> {
  return { ...wanted, issuer, cancellationRequested: false, requestId: randomHexId() }
}

/** The policy counts at once; a certificate that has no version yet shows what it will be. */
async function putPolicy(
  { unit, vault, now }: OperationContext,
  head: CertificateHead | undefined,
  policy: CertificatePolicy,
  wanted: NewVersion,
): Promise<void> {
  const container = vault()
  const isWaiting = head?.current.issued === undefined
  const current: CertificateVersion = isWaiting
    ? { ...wanted, enabled: false, ...validityOf(policy, now), created: now, updated: now }
    : head.current
  const after: CertificateHead = { current, policy }
  await changeCertificateDues(unit, container, head, after)
  unit.put<CertificateHead>(certificateKey(container, wanted.name), { meta: after })
}
