import { pemOf } from '@claviger/vault'
import type { AccountKey } from './account-key.ts'
import type { AcmeClient, ExternalAccountBinding } from './acme-client.ts'
import type { AcmeExchange } from './acme-exchange.ts'
import { AcmeFailure } from './acme-failure.ts'
import { AcmeObject } from './acme-object.ts'
import type { ChallengeType } from './challenge.ts'
import { openAcmeClient, type AskAcme } from './open-acme-client.ts'
import { printable } from './printable.ts'

export interface AcmeSessionOptions {
  readonly exchange: AcmeExchange
  /** URL of the directory. */
  readonly directory: string
  readonly key: AccountKey
  /** URL of the account; absent when it is to be made. */
  readonly account?: string
  readonly binding?: ExternalAccountBinding
}

/**
 * One account at an ACME server, for one order: the protocol is the library's, and what the server
 * sends is looked at before it is believed. Each call throws an AcmeFailure, or the reason for which
 * the order is given up.
 */
export class AcmeSession {
  readonly #exchange: AcmeExchange
  readonly #ask: AskAcme

  private constructor(exchange: AcmeExchange, ask: AskAcme) {
    this.#exchange = exchange
    this.#ask = ask
  }

  /** Asks nothing yet. */
  static async open(options: AcmeSessionOptions): Promise<AcmeSession> {
    const { exchange, directory, key, account, binding } = options
    const ask = await openAcmeClient(exchange, {
      directoryUrl: directory,
      accountKey: key.pem(),
      ...(account === undefined ? {} : { accountUrl: account }),
      ...(binding === undefined ? {} : { externalAccountBinding: binding }),
    })
    return new AcmeSession(exchange, ask)
  }

  /** Milliseconds for which the server wished not to be asked again; 0 for none. */
  get wish(): number {
    return this.#exchange.wish
  }

  /** Gives the account's URL. The operator has agreed to the terms by listing the directory. */
  async createAccount(emails: readonly string[]): Promise<string> {
    const contact = emails.map((email) => `mailto:${email}`)
    return await this.#result(async (client) => {
      await client.createAccount({
        termsOfServiceAgreed: true,
        ...(contact.length === 0 ? {} : { contact }),
      })
      return client.getAccountUrl()
    })
  }

  /** Gives the order with its URL as `url`. */
  async createOrder(dnsNames: readonly string[]): Promise<AcmeObject> {
    const identifiers = dnsNames.map((value) => ({ type: 'dns', value }))
    return await this.#object(async (client) => await client.createOrder({ identifiers }))
  }

  async order(url: string): Promise<AcmeObject> {
    return await this.#object(async (client) => await client.getOrder({ url }))
  }

  async authorization(url: string): Promise<AcmeObject> {
    return await this.#object(async (client) => {
      const [authorization] = await client.getAuthorizations({ authorizations: [url] })
      return authorization
    })
  }

  /** What the authority looks for (RFC 8555 §8.3, §8.4). */
  async proof(type: ChallengeType, token: string): Promise<string> {
    return await this.#result(
      async (client) => await client.getChallengeKeyAuthorization({ type, token }),
    )
  }

  /** Tells the authority that the proof is up. */
  async completeChallenge(url: string): Promise<void> {
    await this.#result(async (client) => await client.completeChallenge({ url }))
  }

  /** @param request PKCS #10 in DER, base64. */
  async finalize(finalize: string, request: string): Promise<void> {
    const csr = pemOf('CERTIFICATE REQUEST', Buffer.from(request, 'base64'))
    await this.#result(async (client) => await client.finalizeOrder({ finalize }, csr))
  }

  /** The chain as it was sent; PEM, or else. */
  async certificate(certificate: string): Promise<unknown> {
    return await this.#result(
      async (client) => await client.getCertificate({ status: 'valid', certificate }),
    )
  }

  async #object(ask: (client: AcmeClient) => Promise<unknown>): Promise<AcmeObject> {
    const object = AcmeObject.of(await this.#result(ask))
    if (object !== undefined) return object
    throw new AcmeFailure('The ACME server has sent what is no JSON object.', { mayPass: true })
  }

  async #result<T>(ask: (client: AcmeClient) => Promise<T>): Promise<T> {
    try {
      return await this.#ask(ask)
    } catch (thrown) {
      if (thrown instanceof AcmeFailure || this.#exchange.isOver) throw thrown
      // The library stumbles over an answer that lacks what it needs.
      const words = thrown instanceof Error ? printable(thrown.message) : ''
      throw new AcmeFailure(`The ACME server has sent what was not understood: ${words}.`, {
        mayPass: true,
        cause: thrown,
      })
    }
  }
}
