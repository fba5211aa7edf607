import type { AccessToken, GetTokenOptions, TokenCredential } from '../azure/token-credential.ts'
import { type FakeFetch, fakeFetch, json, type SeenRequest } from './fake-fetch.ts'

/** The vault of the tests, as the service's own description names one. */
export const VAULT_URL = 'https://myvault.vault.azure.net'

/** The answer of a vault to a request without a token. */
export function challenged(
  header = 'Bearer authorization="https://login.windows.net/tenant", resource="https://vault.azure.net"',
): Response {
  const message = 'AKV10000: Request is missing a Bearer or PoP token.'
  return json(401, { error: { code: 'Unauthorized', message } }, { 'www-authenticate': header })
}

/** A vault that demands a token and answers what has one by a function. */
export function fakeVault(
  answer: (request: SeenRequest, number: number) => Response | Promise<Response>,
): FakeFetch {
  let answered = 0
  return fakeFetch((request) => {
    if (!request.headers.has('authorization')) return challenged()
    answered += 1
    return answer(request, answered)
  })
}

/** A credential that keeps what it was asked for. */
export class FakeCredential implements TokenCredential {
  readonly asked: { readonly scopes: string | string[]; readonly options: GetTokenOptions }[] = []
  lifetimeMs = 3_600_000
  refreshAfterMs: number | undefined

  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    this.asked.push({ scopes, options })
    const now = Date.now()
    const { refreshAfterMs } = this
    return {
      token: `canary-token-${this.asked.length}`,
      expiresOnTimestamp: now + this.lifetimeMs,
      ...(refreshAfterMs === undefined ? {} : { refreshAfterTimestamp: now + refreshAfterMs }),
    }
  }
}
