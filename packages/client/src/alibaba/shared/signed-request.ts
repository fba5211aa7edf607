import type { AccessKey } from '../kms-credential.ts'
import type { Parameters } from './request-parameters.ts'

/** A call of an action that is to be signed. */
export interface CallToSign {
  readonly action: string
  /** Of the service's interface. */
  readonly version: string
  readonly method: 'GET' | 'POST'
  /** With the port, if it is not the protocol's own. */
  readonly host: string
  readonly parameters: Parameters
  readonly accessKey: AccessKey
  readonly date: Date
  /** Never used before. */
  readonly nonce: string
}

/** What goes out. Parameters of a POST are in its body: a URL ends up in records of requests. */
export interface SignedCall {
  /** After the question mark; empty for none. */
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export const FORM = 'application/x-www-form-urlencoded'

/** `yyyy-MM-ddTHH:mm:ssZ` */
export function wireTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}
