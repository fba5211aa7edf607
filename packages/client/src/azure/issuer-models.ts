import type { OperationOptions } from '../core/pipeline.ts'

/**
 * Somebody at the issuer's.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/set-certificate-issuer
 */
export interface AdministratorContact {
  /** Given name. */
  readonly firstName?: string
  /** Family name. */
  readonly lastName?: string
  /** Address of electronic mail. */
  readonly email?: string
  /** Telephone number. */
  readonly phone?: string
}

/**
 * Who is told of what happens to certificates.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-contacts
 */
export interface CertificateContact {
  /** Address of electronic mail, which is told. */
  readonly email?: string
  /** What a letter calls them. */
  readonly name?: string
  /** Telephone number. */
  readonly phone?: string
}

/**
 * An issuer in a listing.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-issuers
 */
export interface IssuerProperties {
  /** The issuer's URL. */
  readonly id?: string
  /** The issuer's name in this vault. */
  readonly name: string
  /** Who it is, such as `DigiCert` or `GlobalSign`. */
  readonly provider?: string
}

/**
 * An issuer.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-issuer
 */
export interface CertificateIssuer extends IssuerProperties {
  /** Whether it may be used. */
  readonly enabled?: boolean
  /** When it was first set; whole seconds. */
  readonly createdOn?: Date
  /** When it was last changed; whole seconds. */
  readonly updatedOn?: Date
  /** The account at the issuer's. */
  readonly accountId?: string
  /** The organization at the issuer's. */
  readonly organizationId?: string
  /** Whom the issuer asks. */
  readonly administratorContacts?: readonly AdministratorContact[]
}

/**
 * What an issuer is made with.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/set-certificate-issuer
 */
export interface CreateIssuerOptions extends OperationOptions {
  /** The account at the issuer's. */
  readonly accountId?: string
  /** The service never gives it back. */
  readonly password?: string
  /** The organization at the issuer's. */
  readonly organizationId?: string
  /** Whom the issuer asks. */
  readonly administratorContacts?: readonly AdministratorContact[]
  /** Whether it may be used; true unless said. */
  readonly enabled?: boolean
}

/**
 * What may change about an issuer.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/update-certificate-issuer
 */
export interface UpdateIssuerOptions extends CreateIssuerOptions {
  /** Who it is, in place of who it was. */
  readonly provider?: string
}
