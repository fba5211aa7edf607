/** A PKCS #12 file that another program has written. */
export interface Pkcs12File {
  /** By whom and how, for the report. */
  readonly what: string
  /** A name for the vault, and for what comes back from it. */
  readonly name: string
  readonly path: string
  /** Empty for none. */
  readonly password: string
  /** The certificate of its key, in PEM. */
  readonly certificate: string
  /** How many certificates it holds. */
  readonly certificates: number
}
