import type { Fetch } from '../core/index.ts'

/** Whom a connection trusts. */
export interface TlsTrust {
  /** Certificates in PEM. */
  readonly ca?: string | undefined
  /** Trusts any server; for trials alone. */
  readonly ignoreSsl?: boolean | undefined
  /** Milliseconds. */
  readonly connectTimeout?: number | undefined
}

/**
 * What not every runtime has: `nodePlatform` of `@claviger/client/node` is one. Without it `fetch`
 * decides whom it trusts, and the private key of a client key is given opened.
 */
export interface KmsPlatform {
  /** A `fetch` with this trust; the same one for the same trust, so that it keeps connections. */
  readonly fetchWith: (trust: TlsTrust) => Fetch
  /** Reads a file of UTF-8, such as that of a client key. */
  readonly readTextFile: (path: string) => Promise<string>
  /** The private key (PKCS #8, DER) in a PKCS #12. @throws ClavigerError when it does not open. */
  readonly openPkcs12: (pkcs12: Uint8Array, password: string) => Promise<Uint8Array<ArrayBuffer>>
}
