import type { ChallengeType } from './challenge.ts'

/** RFC 8555 §7.3.4. */
export interface ExternalAccountBinding {
  readonly kid: string
  /** base64url */
  readonly hmacKey: string
}

/** Who asks an ACME server. */
export interface AcmeClientOptions {
  readonly directoryUrl: string
  /** PKCS #8 in PEM. */
  readonly accountKey: string
  /** Absent until the account is made. */
  readonly accountUrl?: string
  readonly externalAccountBinding?: ExternalAccountBinding
}

/**
 * The part of the library's client that is used. The library hands on what the server has sent
 * without a look at it, so that its types are hopes: here they are `unknown`.
 */
export interface AcmeClient {
  createAccount(request: {
    readonly termsOfServiceAgreed: true
    readonly contact?: string[]
  }): Promise<unknown>
  /** @throws Error when there is no account yet. */
  getAccountUrl(): string
  /** The order, with its URL as the member `url`. */
  createOrder(request: {
    readonly identifiers: { type: string; value: string }[]
  }): Promise<unknown>
  getOrder(order: { readonly url: string }): Promise<unknown>
  getAuthorizations(order: { readonly authorizations: string[] }): Promise<readonly unknown[]>
  getChallengeKeyAuthorization(challenge: {
    readonly type: ChallengeType
    readonly token: string
  }): Promise<string>
  completeChallenge(challenge: { readonly url: string }): Promise<unknown>
  /** @param csr in PEM. */
  finalizeOrder(order: { readonly finalize: string }, csr: string): Promise<unknown>
  /** @param order must be `valid`: the library waits for another one, which nothing could end. */
  getCertificate(order: {
    readonly status: string
    readonly certificate?: string
  }): Promise<unknown>
}
