import { decodeBase64 } from '../core/base64.ts'
import { defined } from '../core/defined.ts'
import type { KeyCurveName } from './algorithms.ts'
import type {
  CertificateOperation,
  CertificateOperationError,
  CertificateProperties,
  DeletedCertificate,
  KeyVaultCertificate,
  KeyVaultCertificateWithPolicy,
} from './certificate-models.ts'
import type {
  CertificateContentType,
  ImportCertificatePolicy,
  KeyUsageType,
  LifetimeAction,
  SubjectAlternativeNames,
} from './certificate-policy-models.ts'
import { answeredId, partsOfId } from './object-id.ts'
import {
  deletionProperties,
  objectProperties,
  type Tags,
  type WireAttributes,
  type WireDeletion,
} from './object-properties.ts'

interface WireNames {
  readonly emails?: readonly string[]
  readonly dns_names?: readonly string[]
  readonly upns?: readonly string[]
  readonly uris?: readonly string[]
  readonly ipAddresses?: readonly string[]
}

interface WireIssuerParameters {
  readonly name?: string
  readonly cty?: string
  readonly cert_transparency?: boolean
}

/** A policy on the wire. */
export interface WirePolicy {
  readonly key_props?: {
    readonly exportable?: boolean
    readonly kty?: Exclude<ImportCertificatePolicy['keyType'], undefined>
    readonly key_size?: 2048 | 3072 | 4096
    readonly reuse_key?: boolean
    readonly crv?: KeyCurveName
  }
  readonly secret_props?: { readonly contentType?: CertificateContentType }
  readonly x509_props?: {
    readonly subject?: string
    readonly sans?: WireNames
    readonly ekus?: readonly string[]
    readonly key_usage?: readonly KeyUsageType[]
    readonly validity_months?: number
  }
  readonly lifetime_actions?: readonly {
    readonly trigger?: {
      readonly lifetime_percentage?: number
      readonly days_before_expiry?: number
    }
    readonly action?: { readonly action_type?: 'EmailContacts' | 'AutoRenew' }
  }[]
  readonly issuer?: WireIssuerParameters
  readonly attributes?: WireAttributes
}

/** A certificate on the wire, of a listing or whole. */
export interface WireCertificate extends WireDeletion {
  readonly id?: string
  readonly kid?: string
  readonly sid?: string
  readonly x5t?: string
  readonly cer?: string
  readonly attributes?: WireAttributes
  readonly tags?: Tags
  readonly policy?: WirePolicy
  readonly preserveCertOrder?: boolean
}

/** The making of a certificate on the wire. */
export interface WireOperation {
  readonly id?: string
  readonly issuer?: WireIssuerParameters
  readonly csr?: string
  readonly cancellation_requested?: boolean
  readonly status?: string
  readonly status_details?: string
  readonly error?: WireOperationError | null
  readonly target?: string
  readonly request_id?: string
}

interface WireOperationError {
  readonly code?: string
  readonly message?: string
  readonly innererror?: WireOperationError | null
}

function octets(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : decodeBase64(text)
}

/** What the wire says of a certificate beside its octets. */
export function certificateProperties(wire: WireCertificate): CertificateProperties {
  const { id, attributes, tags, preserveCertOrder: preserveCertificateOrder } = wire
  const x509Thumbprint = octets(wire.x5t)
  const hex =
    x509Thumbprint && Array.from(x509Thumbprint, (octet) => octet.toString(16).padStart(2, '0'))
  return {
    ...objectProperties(answeredId(id, /certificates$/), id, attributes, tags),
    ...defined({ x509Thumbprint, x509ThumbprintString: hex?.join(''), preserveCertificateOrder }),
  }
}

/** A version of a certificate of the wire. */
export function keyVaultCertificate(wire: WireCertificate): KeyVaultCertificate {
  const properties = certificateProperties(wire)
  const { id, kid: keyId, sid: secretId } = wire
  return {
    name: properties.name,
    ...defined({ id, keyId, secretId, cer: octets(wire.cer) }),
    properties,
  }
}

/** A certificate of the wire with its policy. */
export function certificateWithPolicy(wire: WireCertificate): KeyVaultCertificateWithPolicy {
  const policy = wire.policy && certificatePolicy(wire.policy)
  return { ...keyVaultCertificate(wire), ...defined({ policy }) }
}

/** A deleted certificate of the wire. */
export function deletedCertificate(wire: WireCertificate): DeletedCertificate {
  return { ...certificateWithPolicy(wire), ...deletionProperties(wire) }
}

/** A policy of the wire. */
export function certificatePolicy(wire: WirePolicy): ImportCertificatePolicy {
  const { key_props: key = {}, x509_props: x509 = {}, issuer = {} } = wire
  return defined({
    issuerName: issuer.name,
    certificateType: issuer.cty,
    certificateTransparency: issuer.cert_transparency,
    contentType: wire.secret_props?.contentType,
    enabled: wire.attributes?.enabled,
    exportable: key.exportable,
    keyCurveName: key.crv,
    keySize: key.key_size,
    keyType: key.kty,
    reuseKey: key.reuse_key,
    enhancedKeyUsage: x509.ekus,
    keyUsage: x509.key_usage,
    validityInMonths: x509.validity_months,
    subject: x509.subject,
    subjectAlternativeNames: x509.sans && namesOf(x509.sans),
    lifetimeActions: wire.lifetime_actions?.map(({ action, trigger }): LifetimeAction =>
      defined({
        action: action?.action_type,
        lifetimePercentage: trigger?.lifetime_percentage,
        daysBeforeExpiry: trigger?.days_before_expiry,
      }),
    ),
  })
}

function namesOf(wire: WireNames): SubjectAlternativeNames | undefined {
  const given = (names: readonly string[] | undefined): readonly string[] | undefined =>
    names === undefined || names.length === 0 ? undefined : names
  const names = defined({
    emails: given(wire.emails),
    dnsNames: given(wire.dns_names),
    userPrincipalNames: given(wire.upns),
    uniformResourceIdentifiers: given(wire.uris),
    ipAddresses: given(wire.ipAddresses),
  })
  return Object.keys(names).length === 0 ? undefined : names
}

/** A policy as the wire has it. */
export function toWirePolicy(policy: ImportCertificatePolicy): WirePolicy {
  const names = policy.subjectAlternativeNames
  const lifetime_actions = policy.lifetimeActions?.map(
    ({ action, lifetimePercentage, daysBeforeExpiry }) => ({
      action: defined({ action_type: action }),
      trigger: defined({
        lifetime_percentage: lifetimePercentage,
        days_before_expiry: daysBeforeExpiry,
      }),
    }),
  )
  return {
    key_props: defined({
      kty: policy.keyType,
      key_size: policy.keySize,
      reuse_key: policy.reuseKey,
      crv: policy.keyCurveName,
      exportable: policy.exportable,
    }),
    secret_props: defined({ contentType: policy.contentType }),
    x509_props: defined({
      subject: policy.subject,
      ekus: policy.enhancedKeyUsage,
      key_usage: policy.keyUsage,
      validity_months: policy.validityInMonths,
      sans:
        names &&
        defined({
          emails: names.emails,
          dns_names: names.dnsNames,
          upns: names.userPrincipalNames,
          uris: names.uniformResourceIdentifiers,
          ipAddresses: names.ipAddresses,
        }),
    }),
    issuer: defined({
      name: policy.issuerName,
      cty: policy.certificateType,
      cert_transparency: policy.certificateTransparency,
    }),
    ...defined({ lifetime_actions }),
    attributes: defined({ enabled: policy.enabled }),
  }
}

/** What reads the making of a certificate of this name. */
export function certificateOperation(name: string): (wire: WireOperation) => CertificateOperation {
  return (wire) => ({ name, ...operationProperties(wire) })
}

function operationProperties(wire: WireOperation): Omit<CertificateOperation, 'name'> {
  const { issuer = {} } = wire
  return defined({
    id: wire.id,
    vaultUrl: partsOfId(wire.id, /certificates$/)?.vaultUrl,
    issuerName: issuer.name,
    certificateType: issuer.cty,
    certificateTransparency: issuer.cert_transparency,
    csr: octets(wire.csr),
    cancellationRequested: wire.cancellation_requested,
    status: wire.status,
    statusDetails: wire.status_details,
    error: operationError(wire.error),
    target: wire.target,
    requestId: wire.request_id,
  })
}

function operationError(
  wire: WireOperationError | null | undefined,
): CertificateOperationError | undefined {
  if (wire === null || wire === undefined) return undefined
  const { code, message, innererror } = wire
  return defined({ code, message, innerError: operationError(innererror) })
}
