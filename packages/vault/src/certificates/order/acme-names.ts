import { invalidInput } from '../../invalid-input.ts'
import type { X509Properties } from '../certificate-policy.ts'
import { commonNameOf } from '../common-name.ts'
import { isDnsName } from '../valid-names.ts'

/**
 * What a certificate by ACME is asked for: its subject's name is among the alternative names, because
 * authorities certify those alone (RFC 8555 §7.4).
 * @throws Fault InvalidInput for names that no authority on the web certifies.
 */
export function acmeProperties(x509: X509Properties): X509Properties & {
  readonly alternativeNames: { readonly dnsNames: readonly string[] }
} {
  const { dnsNames = [], ...others } = x509.alternativeNames
  const kinds = Object.entries(others) as [string, readonly string[] | undefined][]
  if (kinds.some(([, names]) => names !== undefined && names.length > 0)) {
    const reason = 'an issuer of the provider ACME certifies dns_names alone; leave the others out'
    throw invalidInput('policy.x509_props.sans', reason)
  }
  const commonName = commonNameOf(x509.subject)
  if (commonName !== undefined && !isDnsName(commonName)) {
    const reason = 'its CN must be a host name for an issuer of the provider ACME; or leave it out'
    throw invalidInput('policy.x509_props.subject', reason)
  }
  const all = [...(commonName === undefined ? [] : [commonName]), ...dnsNames]
  const names = [...new Set(all.map((name) => name.toLowerCase()))]
  if (names.length === 0) {
    throw invalidInput('policy.x509_props.sans.dns_names', 'it must name a host, or the subject')
  }
  return { ...x509, alternativeNames: { dnsNames: names } }
}
