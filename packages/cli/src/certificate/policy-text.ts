import type { CertificatePolicy, ImportCertificatePolicy } from '@claviger/client/azure'
import { isRecord, type JsonRecord, type JsonValue } from '../output/json-value.ts'

// The JSON of a policy as `az` has it: `az keyvault certificate get-default-policy` writes one, and
// `certificate show --query policy` does.

/** A policy as `az` writes it. */
export function policyRecord(policy: ImportCertificatePolicy | undefined): JsonRecord | null {
  if (policy === undefined) return null
  const names = policy.subjectAlternativeNames
  return {
    issuerParameters: {
      certificateTransparency: policy.certificateTransparency ?? null,
      certificateType: policy.certificateType ?? null,
      name: policy.issuerName ?? null,
    },
    keyProperties: {
      curve: policy.keyCurveName ?? null,
      exportable: policy.exportable ?? null,
      keySize: policy.keySize ?? null,
      keyType: policy.keyType ?? null,
      reuseKey: policy.reuseKey ?? null,
    },
    lifetimeActions: (policy.lifetimeActions ?? []).map((one) => ({
      action: { actionType: one.action ?? null },
      trigger: {
        daysBeforeExpiry: one.daysBeforeExpiry ?? null,
        lifetimePercentage: one.lifetimePercentage ?? null,
      },
    })),
    secretProperties: { contentType: policy.contentType ?? null },
    x509CertificateProperties: {
      ekus: policy.enhancedKeyUsage ?? null,
      keyUsage: policy.keyUsage ?? null,
      subject: policy.subject ?? null,
      subjectAlternativeNames:
        names === undefined
          ? null
          : {
              dnsNames: names.dnsNames ?? [],
              emails: names.emails ?? [],
              ipAddresses: names.ipAddresses ?? [],
              upns: names.userPrincipalNames ?? [],
              uris: names.uniformResourceIdentifiers ?? [],
            },
      validityInMonths: policy.validityInMonths ?? null,
    },
  }
}

/** Reads a policy that names somebody. @throws TypeError for none. */
export function parsePolicy(text: string): CertificatePolicy {
  const { subject, subjectAlternativeNames, ...others } = parseChangedPolicy(text)
  if (subjectAlternativeNames !== undefined) {
    return { ...others, subjectAlternativeNames, ...(subject === undefined ? {} : { subject }) }
  }
  if (subject === undefined) throw new TypeError('nobody is named')
  return { ...others, subject }
}

/**
 * Reads a policy that may say a part alone; words and numbers are left to the service.
 * @throws TypeError for no policy.
 */
export function parseChangedPolicy(text: string): ImportCertificatePolicy {
  const policy = recordOf(JSON.parse(text) as JsonValue)
  const issuer = part(policy, 'issuerParameters')
  const key = part(policy, 'keyProperties')
  const x509 = part(policy, 'x509CertificateProperties')
  const names = part(x509, 'subjectAlternativeNames')
  const subjectAlternativeNames = given({
    dnsNames: list(names['dnsNames']),
    emails: list(names['emails']),
    ipAddresses: list(names['ipAddresses']),
    userPrincipalNames: list(names['upns']),
    uniformResourceIdentifiers: list(names['uris']),
  })
  const hasNames = Object.keys(subjectAlternativeNames).length > 0
  const parsed = given({
    issuerName: issuer['name'],
    certificateType: issuer['certificateType'],
    certificateTransparency: issuer['certificateTransparency'],
    keyCurveName: key['curve'],
    exportable: key['exportable'],
    keySize: key['keySize'],
    keyType: key['keyType'],
    reuseKey: key['reuseKey'],
    contentType: part(policy, 'secretProperties')['contentType'],
    subject: x509['subject'],
    enhancedKeyUsage: list(x509['ekus']),
    keyUsage: list(x509['keyUsage']),
    validityInMonths: x509['validityInMonths'],
    lifetimeActions: list(policy['lifetimeActions'])?.map(lifetimeAction),
  })
  // The service is the judge of each word and number in it.
  return { ...parsed, ...(hasNames ? { subjectAlternativeNames } : {}) }
}

function lifetimeAction(value: JsonValue): Readonly<Record<string, unknown>> {
  const one = recordOf(value)
  const trigger = part(one, 'trigger')
  return given({
    action: part(one, 'action')['actionType'],
    daysBeforeExpiry: trigger['daysBeforeExpiry'],
    lifetimePercentage: trigger['lifetimePercentage'],
  })
}

function recordOf(value: JsonValue | undefined): JsonRecord {
  if (!isRecord(value)) throw new TypeError('not an object')
  return value
}

/** A part of a policy; one that is not there has nothing. */
function part(record: JsonRecord, name: string): JsonRecord {
  const value = record[name]
  return value === undefined || value === null ? {} : recordOf(value)
}

function list(value: JsonValue | undefined): readonly JsonValue[] | undefined {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) throw new TypeError('not a list')
  return value.length === 0 ? undefined : (value as readonly JsonValue[])
}

/** What is given; `null` is how `az` says that something is not. */
function given(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null),
  )
}
