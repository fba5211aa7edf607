import type { Deletion } from './secret-bundle.ts'

// The answers of the operations on certificates, member for member as the published description has
// them (2026-04-01). Times are whole seconds since 1970, certificates and requests standard base64.

export interface CertificateAttributes {
  readonly enabled: boolean
  readonly nbf: number
  readonly exp: number
  readonly created: number
  readonly updated: number
  readonly recoveryLevel: string
  readonly recoverableDays: number
}

/** A certificate in a list; its `id` has a version in the list of versions alone. */
export interface CertificateItem {
  readonly id: string
  /** SHA-1 of the DER, base64url. */
  readonly x5t?: string
  readonly attributes: CertificateAttributes
  readonly tags?: Readonly<Record<string, string>>
}

/** One version; without `kid`, `sid`, `x5t` and `cer` while the first one waits for its issuer. */
export interface CertificateBundle extends CertificateItem {
  readonly kid?: string
  readonly sid?: string
  readonly cer?: string
  readonly contentType?: string
  readonly policy: CertificatePolicyBundle
  readonly preserveCertOrder?: boolean
  readonly pending?: { readonly id: string }
}

export type DeletedCertificateItem = Deletion & CertificateItem

export type DeletedCertificateBundle = Deletion & CertificateBundle

export interface CertificateNames {
  readonly emails?: readonly string[]
  readonly dns_names?: readonly string[]
  readonly upns?: readonly string[]
  readonly uris?: readonly string[]
  readonly ipAddresses?: readonly string[]
}

export interface CertificatePolicyBundle {
  readonly id: string
  readonly key_props: {
    readonly exportable: boolean
    readonly kty: string
    readonly key_size: number
    readonly reuse_key: boolean
    readonly crv?: string
  }
  readonly secret_props: { readonly contentType: string }
  readonly x509_props: {
    readonly subject: string
    readonly sans: CertificateNames
    readonly ekus: readonly string[]
    readonly key_usage: readonly string[]
    readonly validity_months: number
    readonly basic_constraints: { readonly ca: boolean; readonly path_len_constraint?: number }
  }
  readonly lifetime_actions: readonly {
    readonly trigger: { readonly lifetime_percentage?: number; readonly days_before_expiry?: number }
    readonly action: { readonly action_type: 'AutoRenew' | 'EmailContacts' }
  }[]
  readonly issuer: CertificateIssuerParameters
  readonly attributes: {
    readonly enabled: boolean
    readonly created: number
    readonly updated: number
  }
}

export interface CertificateIssuerParameters {
  readonly name: string
  readonly cty?: string
  readonly cert_transparency?: boolean
}

/** The making of a version. */
export interface CertificateOperationBundle {
  readonly id: string
  readonly issuer: CertificateIssuerParameters
  readonly csr?: string
  readonly cancellation_requested: boolean
  readonly status: string
  readonly status_details?: string
  readonly error?: { readonly code: string; readonly message: string }
  /** The id of the certificate, once it is there. */
  readonly target?: string
  readonly request_id: string
  readonly preserveCertOrder?: boolean
}

export interface CertificateContactMembers {
  readonly email?: string
  readonly name?: string
  readonly phone?: string
}

export interface CertificateContactsBundle {
  readonly id: string
  readonly contacts: readonly CertificateContactMembers[]
}

export interface IssuerItem {
  readonly id: string
  readonly provider: string
}

/** An issuer; the password of its account is never shown. */
export interface IssuerBundle extends IssuerItem {
  readonly credentials?: { readonly account_id: string }
  readonly org_details?: {
    readonly id?: string
    readonly zip: number
    readonly admin_details: readonly {
      readonly first_name?: string
      readonly last_name?: string
      readonly email?: string
      readonly phone?: string
    }[]
  }
  readonly attributes: {
    readonly enabled: boolean
    readonly created: number
    readonly updated: number
  }
}
