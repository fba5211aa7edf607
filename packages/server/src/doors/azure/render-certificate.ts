import type {
  AlternativeNames,
  CertificateContact,
  CertificateIssuer,
  CertificatePolicy,
  CertificateVersion,
  DeletedCertificateHead,
  NamedPolicy,
  PendingCertificate,
  ShownCertificate,
  ShownDeletedCertificate,
} from '@claviger/vault'
import { azure } from '@claviger/wire'
import { curveName } from '../../rest/curve-names.ts'
import { recoveryLevel } from '../../rest/recovery-level.ts'
import type { Showcase } from './render-secret.ts'

/** One version of a certificate with its policy. */
export function certificateBundle(
  at: Showcase,
  { properties, policy, pending }: ShownCertificate,
): azure.CertificateBundle {
  const { name, version, issued } = properties
  const { id, ...item } = certificateItem(at, properties, version)
  const faces =
    issued === undefined
      ? {}
      : {
          kid: azure.objectId(at.origin, 'keys', name, version),
          sid: azure.objectId(at.origin, 'secrets', name, version),
          cer: issued.certificate,
          contentType: issued.contentType,
        }
  return azure.omitUndefined({
    id,
    ...faces,
    ...item,
    policy: policyBundle(at, { name, policy }),
    preserveCertOrder: properties.preserveOrder,
    pending: pending ? { id: pendingId(at, name) } : undefined,
  })
}

/** A certificate in a list; `version` is part of its id in the list of versions alone. */
export function certificateItem(
  { origin, container }: Showcase,
  certificate: CertificateVersion,
  version?: string,
): azure.CertificateItem {
  return azure.omitUndefined({
    id: azure.objectId(origin, 'certificates', certificate.name, version),
    x5t: certificate.issued?.thumbprint,
    attributes: {
      enabled: certificate.enabled,
      nbf: certificate.notBefore,
      exp: certificate.expires,
      created: certificate.created,
      updated: certificate.updated,
      recoveryLevel: recoveryLevel(container),
      recoverableDays: container.retentionDays,
    },
    tags: certificate.tags,
  })
}

/** A deleted certificate; its id has the version that was current. */
export function deletedCertificateBundle(
  at: Showcase,
  { deleted, pending }: ShownDeletedCertificate,
): azure.DeletedCertificateBundle {
  const { current: properties, policy } = deleted
  return { ...deletion(at, deleted), ...certificateBundle(at, { properties, policy, pending }) }
}

/** A deleted certificate in a list; its id has no version. */
export function deletedCertificateItem(
  at: Showcase,
  deleted: DeletedCertificateHead,
): azure.DeletedCertificateItem {
  return { ...deletion(at, deleted), ...certificateItem(at, deleted.current) }
}

function deletion({ origin }: Showcase, deleted: DeletedCertificateHead): azure.Deletion {
  return {
    recoveryId: azure.objectId(origin, 'deletedcertificates', deleted.current.name),
    deletedDate: deleted.deletedAt,
    scheduledPurgeDate: deleted.scheduledPurgeAt,
  }
}

/** A policy, every member of it. */
export function policyBundle(
  { origin }: Showcase,
  { name, policy }: NamedPolicy,
): azure.CertificatePolicyBundle {
  const { x509, issuer, enabled, created, updated } = policy
  return {
    id: `${azure.objectId(origin, 'certificates', name)}/policy`,
    key_props: keyProperties(policy),
    secret_props: { contentType: policy.contentType },
    x509_props: {
      subject: x509.subject,
      sans: namesOf(x509.alternativeNames),
      ekus: x509.ekus,
      key_usage: x509.keyUsage,
      validity_months: x509.validityMonths,
      basic_constraints: azure.omitUndefined({
        ca: x509.ca !== undefined,
        path_len_constraint: x509.ca?.pathLength,
      }),
    },
    lifetime_actions: policy.lifetimeActions.map((one) => ({
      trigger: azure.omitUndefined({
        lifetime_percentage: one.lifetimePercentage,
        days_before_expiry: one.daysBeforeExpiry,
      }),
      action: { action_type: one.action },
    })),
    issuer: issuerMembers(issuer),
    attributes: { enabled, created, updated },
  }
}

const CURVE_BITS = { 'P-256': 256, 'P-384': 384, 'P-521': 521, secp256k1: 256, SM2: 256 } as const

function keyProperties({
  key,
  exportable,
  reuseKey: reuse_key,
}: CertificatePolicy): azure.CertificatePolicyBundle['key_props'] {
  const kty = key.hsm ? `${key.type}-HSM` : key.type
  if (key.type === 'RSA') return { exportable, kty, key_size: key.bits, reuse_key }
  const key_size = CURVE_BITS[key.curve]
  return { exportable, kty, key_size, reuse_key, crv: curveName(key.curve) }
}

function namesOf(names: AlternativeNames): azure.CertificateNames {
  return azure.omitUndefined({
    emails: names.emails,
    dns_names: names.dnsNames,
    upns: names.upns,
    uris: names.uris,
    ipAddresses: names.ipAddresses,
  })
}

function issuerMembers(issuer: CertificatePolicy['issuer']): azure.CertificateIssuerParameters {
  const { name, certificateType: cty, transparency: cert_transparency } = issuer
  return azure.omitUndefined({ name, cty, cert_transparency })
}

/** Where the making of a version is asked after. */
export function pendingId({ origin }: Pick<Showcase, 'origin'>, name: string): string {
  return `${azure.objectId(origin, 'certificates', name)}/pending`
}

/** The making of a version: under way, done, or why not. */
export function pendingBundle(
  at: Showcase,
  pending: PendingCertificate,
): azure.CertificateOperationBundle {
  const { name, status, error } = pending
  return azure.omitUndefined({
    id: pendingId(at, name),
    issuer: issuerMembers(pending.issuer),
    csr: pending.request,
    cancellation_requested: pending.cancellationRequested,
    status,
    status_details: status === 'inProgress' ? waitsFor(pending) : undefined,
    error: error === undefined ? undefined : { code: 'Certificate issuer error', message: error },
    target: status === 'completed' ? azure.objectId(at.origin, 'certificates', name) : undefined,
    request_id: pending.requestId,
    preserveCertOrder: pending.preserveOrder,
  })
}

/**
 * The making of a version as it is answered when it has just begun: in progress, whatever has become
 * of it already. Python's synchronous client finds the certificate only when it polls once more.
 */
export function begunBundle(
  at: Showcase,
  pending: PendingCertificate,
): azure.CertificateOperationBundle {
  const { error: _, ...begun } = pending
  return pendingBundle(at, { ...begun, status: 'inProgress' })
}

// The service's own words.
const WAITS_FOR_MERGE = 'Pending certificate created. Please Perform Merge to complete the request.'
const WAITS_FOR_ISSUER =
  'Pending certificate created. Certificate request is in progress. This may take some time based ' +
  'on the issuer provider. Please check again later.'

function waitsFor({ issuer }: PendingCertificate): string {
  return issuer.name === 'Unknown' ? WAITS_FOR_MERGE : WAITS_FOR_ISSUER
}

export function contactsBundle(
  { origin }: Showcase,
  contacts: readonly CertificateContact[],
): azure.CertificateContactsBundle {
  return {
    id: azure.objectId(origin, 'certificates', 'contacts'),
    contacts: contacts.map(({ email, name, phone }) => azure.omitUndefined({ email, name, phone })),
  }
}

/** An issuer in a list. */
export function issuerItem({ origin }: Showcase, issuer: CertificateIssuer): azure.IssuerItem {
  const id = `${azure.objectId(origin, 'certificates', 'issuers')}/${issuer.name}`
  return { id, provider: issuer.provider }
}

export function issuerBundle(at: Showcase, issuer: CertificateIssuer): azure.IssuerBundle {
  const { organisationId, administrators, enabled, created, updated } = issuer
  // An authority that was made here is named too, so that its certificate can be found.
  const accountId = issuer.accountId ?? issuer.authority?.certificate
  const hasOrganisation = organisationId !== undefined || administrators !== undefined
  return azure.omitUndefined({
    ...issuerItem(at, issuer),
    credentials: accountId === undefined ? undefined : { account_id: accountId },
    org_details: hasOrganisation
      ? azure.omitUndefined({
          id: organisationId,
          zip: 0,
          admin_details: (administrators ?? []).map((one) =>
            azure.omitUndefined({
              first_name: one.firstName,
              last_name: one.lastName,
              email: one.email,
              phone: one.phone,
            }),
          ),
        })
      : undefined,
    attributes: { enabled, created, updated },
  })
}
