import { isFault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import type { OperationContext } from '../operation.ts'
import type { Content } from '../seal/seal.ts'
import { issueByAuthority } from './authority/issue-by-authority.ts'
import {
  certificateKey,
  type CertificateHead,
  type CertificateVersion,
} from './certificate.ts'
import { changeCertificateDues } from './certificate-due.ts'
import { nextKeyPair, pairHandle } from './certificate-material.ts'
import { SELF, UNKNOWN, type CertificatePolicy, type X509Properties } from './certificate-policy.ts'
import { readIssuer, type CertificateIssuer } from './issuer.ts'
import { issuerProviderOf } from './issuer-provider.ts'
import { issueSelfSigned, validityOf, type NewVersion } from './issue-self-signed.ts'
import { loadX509 } from './load-x509.ts'
import { acmeProperties } from './order/acme-names.ts'
import type { PendingCertificate } from './pending-certificate.ts'

type Pending = Content<PendingCertificate>

/** What a version is made for: the certificate as it is, if it is there, and what it shall be. */
interface Wanted {
  readonly head: CertificateHead | undefined
  readonly policy: CertificatePolicy
  readonly version: NewVersion
}

/**
 * Begins a version by the issuer of the policy. By its own key or an authority of the vault it is
 * made at once; for anybody else there is a request to be signed, and the version before keeps
 * working until the answer is there, or when there will be none.
 * @returns the operation, to be written by the caller.
 * @throws Fault CertificateIssuerNotFound; InvalidInput for names that the issuer does not certify.
 */
export async function beginVersion(context: OperationContext, wanted: Wanted): Promise<Pending> {
  const { name } = wanted.policy.issuer
  if (name === SELF) return await selfSigned(context, wanted)
  if (name === UNKNOWN) return await requested(context, wanted, wanted.policy.x509)
  const { meta: issuer } = await readIssuer(context.unit, context.vault(), name)
  if (!issuer.enabled) {
    return await refused(context, wanted, `The issuer ${name} is disabled. Enable it, or name another.`)
  }
  switch (issuerProviderOf(issuer.provider)) {
    case 'Claviger':
      return await byAuthority(context, wanted, issuer)
    case 'ACME':
      return await ordered(context, wanted)
    case undefined:
      return await refused(context, wanted, unknownProvider(issuer))
  }
}

function unknownProvider({ provider }: CertificateIssuer): string {
  return (
    `Certificates of the provider ${provider} cannot be issued by this server. ` +
    'Use the issuer Unknown: send the request to the provider yourself and merge its answer.'
  )
}

async function selfSigned(context: OperationContext, wanted: Wanted): Promise<Pending> {
  const { head, policy, version } = wanted
  const { request } = await issueSelfSigned(context, head, policy, version)
  return { meta: { ...pendingOf(wanted), request, status: 'completed' } }
}

async function byAuthority(
  context: OperationContext,
  wanted: Wanted,
  issuer: CertificateIssuer,
): Promise<Pending> {
  const { head, policy, version } = wanted
  try {
    const { request } = await issueByAuthority(context, head, policy, version, issuer)
    return { meta: { ...pendingOf(wanted), request, status: 'completed' } }
  } catch (thrown) {
    if (!isFault(thrown, 'IssuerRefused')) throw thrown
    const { reason } = thrown.detail
    return await refused(context, wanted, `The issuer ${issuer.name} cannot issue: ${reason}.`)
  }
}

/** The server itself has the request signed, after this call. */
async function ordered(context: OperationContext, wanted: Wanted): Promise<Pending> {
  const properties = acmeProperties(wanted.policy.x509)
  const { meta, secret } = await requested(context, wanted, properties)
  const { dnsNames } = properties.alternativeNames
  const order = { at: context.now, failures: 0, dnsNames }
  return { meta: { ...meta, order }, ...(secret && { secret }) }
}

/** Makes the key and asks for its certificate; the key waits in the pending record. */
async function requested(
  context: OperationContext,
  wanted: Wanted,
  properties: X509Properties,
): Promise<Pending> {
  const { provider, vault } = context
  const { certificateRequest, subjectName } = await loadX509()
  subjectName(properties.subject) // before a key is made for it
  const pair = await nextKeyPair(context, wanted.head, wanted.policy)
  const key = pairHandle(vault(), pair)
  const request = await certificateRequest(provider, { properties, key })
  await putPolicy(context, wanted)
  return {
    meta: {
      ...pendingOf(wanted),
      request: request.toBase64(),
      status: 'inProgress',
      key: pair.key,
    },
    secret: pair.material,
  }
}

/** An issuer that is asked in vain: the operation says so, and the version before keeps working. */
async function refused(context: OperationContext, wanted: Wanted, error: string): Promise<Pending> {
  await putPolicy(context, wanted)
  return { meta: { ...pendingOf(wanted), status: 'failed', error } }
}

function pendingOf({ policy: { issuer }, version }: Wanted): Omit<PendingCertificate, 'status'> {
  return { ...version, issuer, cancellationRequested: false, requestId: randomHexId() }
}

/** The policy counts at once; a certificate that has no version yet shows what it will be. */
async function putPolicy(
  { unit, vault, now }: OperationContext,
  { head, policy, version }: Wanted,
): Promise<void> {
  const container = vault()
  const waiting: CertificateVersion = {
    ...version,
    enabled: false,
    ...validityOf(policy, now),
    created: now,
    updated: now,
  }
  const after: CertificateHead =
    head?.current.issued === undefined ? { current: waiting, policy } : { ...head, policy }
  await changeCertificateDues(unit, container, head, after)
  unit.put<CertificateHead>(certificateKey(container, version.name), { meta: after })
}
