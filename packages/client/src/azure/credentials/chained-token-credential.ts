import { CredentialUnavailableError } from '../../core/errors.ts'
import type { AccessToken, GetTokenOptions, TokenCredential } from '../token-credential.ts'

/**
 * The first of several credentials that this environment has something for; it is the one from then
 * on. A refusal is not passed over: who is refused does not become somebody else.
 * @see https://learn.microsoft.com/javascript/api/@azure/identity/chainedtokencredential
 */
export class ChainedTokenCredential implements TokenCredential {
  readonly #sources: readonly TokenCredential[]
  #chosen: TokenCredential | undefined

  /** Asks these, in this order. */
  constructor(...sources: readonly TokenCredential[]) {
    this.#sources = sources
  }

  /** @throws CredentialUnavailableError that says why of each. */
  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    const reasons: string[] = []
    const sources = this.#chosen === undefined ? this.#sources : [this.#chosen]
    for (const source of sources) {
      try {
        const token = await source.getToken(scopes, options)
        if (token !== null) {
          this.#chosen = source
          return token
        }
        reasons.push('It gives no token.')
      } catch (error) {
        // That of `@azure/identity` is known by its name.
        if (!(error instanceof Error) || !error.name.startsWith('CredentialUnavailable'))
          throw error
        reasons.push(error.message)
      }
    }
    const message = `No credential of this chain can be used here. ${reasons.join(' ')}`
    throw new CredentialUnavailableError({ code: 'CredentialUnavailable', message })
  }
}
