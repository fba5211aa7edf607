/** A JSON Web Key as node:crypto and the wire have it: octets are base64url (RFC 7518 §6). */
export interface Jwk {
  readonly kty: string
  readonly crv?: string
  readonly n?: string
  readonly e?: string
  readonly d?: string
  readonly p?: string
  readonly q?: string
  readonly dp?: string
  readonly dq?: string
  readonly qi?: string
  readonly x?: string
  readonly y?: string
  readonly k?: string
  /** Not readonly, because the types of node:crypto are not. */
  readonly key_ops?: string[]
}
