import type { JsonMembers } from './json-members.ts'
import { keyTypeOf } from './key-parameters.ts'
import { omitUndefined, type OmitUndefined } from './omit-undefined.ts'

export interface LifetimeActionMembers {
  readonly action: 'AutoRenew' | 'EmailContacts'
  readonly lifetimePercentage?: number
  readonly daysBeforeExpiry?: number
}

/** What a client says of a policy; absent members keep their value or default. */
export type CertificatePolicyParameters = OmitUndefined<{
  readonly keyType: string | undefined
  readonly hsm: boolean | undefined
  readonly keySize: number | undefined
  readonly crv: string | undefined
  readonly exportable: boolean | undefined
  readonly reuseKey: boolean | undefined
  readonly contentType: string | undefined
  readonly subject: string | undefined
  readonly alternativeNames: AlternativeNameMembers | undefined
  readonly ekus: readonly string[] | undefined
  readonly keyUsage: readonly string[] | undefined
  readonly validityMonths: number | undefined
  readonly ca: BasicConstraintsMembers | false | undefined
  readonly lifetimeActions: readonly LifetimeActionMembers[] | undefined
  readonly issuer: IssuerMembers | undefined
  readonly enabled: boolean | undefined
}>

export type AlternativeNameMembers = OmitUndefined<{
  readonly dnsNames: readonly string[] | undefined
  readonly emails: readonly string[] | undefined
  readonly upns: readonly string[] | undefined
  readonly uris: readonly string[] | undefined
  readonly ipAddresses: readonly string[] | undefined
}>

export type BasicConstraintsMembers = OmitUndefined<{ readonly pathLength: number | undefined }>

export type IssuerMembers = OmitUndefined<{
  readonly name: string | undefined
  readonly certificateType: string | undefined
  readonly transparency: boolean | undefined
}>

/**
 * A policy, whole or in part; SDKs send empty objects for what is not set.
 * @throws MalformedMember
 */
export function readCertificatePolicy(policy: JsonMembers): CertificatePolicyParameters {
  const key = policy.object('key_props')
  const kty = key?.string('kty')
  const type = kty === undefined ? undefined : keyTypeOf(kty)
  const x509 = policy.object('x509_props')
  return omitUndefined({
    keyType: type?.type,
    hsm: type?.hsm,
    keySize: key?.integer('key_size'),
    crv: key?.string('crv'),
    exportable: key?.boolean('exportable'),
    reuseKey: key?.boolean('reuse_key'),
    contentType: policy.object('secret_props')?.string('contentType'),
    subject: x509?.string('subject'),
    alternativeNames: readNames(x509?.object('sans')),
    ekus: x509?.strings('ekus'),
    keyUsage: x509?.strings('key_usage'),
    validityMonths: x509?.integer('validity_months'),
    ca: readBasicConstraints(x509?.object('basic_constraints')),
    lifetimeActions: policy.objects('lifetime_actions')?.map(readLifetimeAction),
    issuer: readIssuer(policy.object('issuer')),
    enabled: policy.object('attributes')?.boolean('enabled'),
  })
}

function readNames(sans: JsonMembers | undefined): AlternativeNameMembers | undefined {
  if (sans === undefined) return undefined
  return omitUndefined({
    dnsNames: sans.strings('dns_names'),
    emails: sans.strings('emails'),
    upns: sans.strings('upns'),
    uris: sans.strings('uris'),
    ipAddresses: sans.strings('ipAddresses'),
  })
}

function readBasicConstraints(
  constraints: JsonMembers | undefined,
): BasicConstraintsMembers | false | undefined {
  const ca = constraints?.boolean('ca')
  if (ca !== true) return ca
  return omitUndefined({ pathLength: constraints?.integer('path_len_constraint') })
}

function readIssuer(issuer: JsonMembers | undefined): IssuerMembers | undefined {
  if (issuer === undefined) return undefined
  return omitUndefined({
    name: issuer.string('name'),
    certificateType: issuer.string('cty'),
    transparency: issuer.boolean('cert_transparency'),
  })
}

function readLifetimeAction(members: JsonMembers): LifetimeActionMembers {
  const trigger = members.object('trigger')
  const action = members.requiredObject('action')
  const named = action.requiredString('action_type').toLowerCase()
  const found = (['AutoRenew', 'EmailContacts'] as const).find((one) => one.toLowerCase() === named)
  if (found === undefined) {
    throw action.malformed('action_type', 'it must be AutoRenew or EmailContacts')
  }
  return {
    action: found,
    ...omitUndefined({
      lifetimePercentage: trigger?.integer('lifetime_percentage'),
      daysBeforeExpiry: trigger?.integer('days_before_expiry'),
    }),
  }
}
