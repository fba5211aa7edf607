/** The names of a certificate besides its subject (RFC 5280 §4.2.1.6). */
export interface AlternativeNames {
  readonly dnsNames?: readonly string[]
  readonly emails?: readonly string[]
  /** User principal names of Active Directory. */
  readonly upns?: readonly string[]
  readonly uris?: readonly string[]
  readonly ipAddresses?: readonly string[]
}
