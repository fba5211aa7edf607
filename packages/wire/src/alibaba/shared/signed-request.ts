import type { RawRequest } from './raw-request.ts'
import type { AnswerFormat } from './read-parameters.ts'
import type { RequestParameters } from './request-parameters.ts'

/** What every signed request says of itself, in either generation of signatures. */
interface RequestFacts {
  readonly action: string
  readonly version: string
  readonly format: AnswerFormat
  /** All of them; an RPC request carries its own common ones among them. */
  readonly parameters: RequestParameters
  /** Of a RAM user, of an STS session, or of a client key (`KAAP.…`). */
  readonly accessKeyId: string
  /** There when the access key is that of an STS session. */
  readonly securityToken: string | undefined
  /** Seconds since 1970, by the client's clock; how old it may be is for the caller to say. */
  readonly timestamp: number
  /** Always there in ACS3. */
  readonly nonce: string | undefined
  /** As it came: base64 for RPC, hex for ACS3. */
  readonly signature: string
  readonly raw: RawRequest
}

/** `SHA256withRSA` is that of client keys, with `SignatureType=PRIVATEKEY`. */
export const RPC_SIGNATURE_METHODS = ['HMAC-SHA1', 'HMAC-SHA256', 'SHA256withRSA'] as const
export type RpcSignatureMethod = (typeof RPC_SIGNATURE_METHODS)[number]

/** Signature and common parameters among the parameters. */
export interface RpcRequest extends RequestFacts {
  readonly scheme: 'rpc'
  readonly signatureMethod: RpcSignatureMethod
}

/** The algorithms of the `Authorization` header, each with its hash as node:crypto calls it. */
export const ACS3_HASHES = { 'ACS3-HMAC-SHA256': 'sha256', 'ACS3-HMAC-SM3': 'sm3' } as const
export type Acs3Algorithm = keyof typeof ACS3_HASHES

/** Signature in the header `Authorization`, common data in headers. */
export interface Acs3Request extends RequestFacts {
  readonly scheme: 'acs3'
  readonly algorithm: Acs3Algorithm
  /** Lower case, in the client's order. */
  readonly signedHeaders: readonly string[]
  /** Lower-case hex of the body's digest, computed here. */
  readonly bodyDigest: string
}

export type SignedRequest = RpcRequest | Acs3Request
