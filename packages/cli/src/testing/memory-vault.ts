import type { Fetch } from '@claviger/client/azure'

/** A request as a vault sees it. */
export interface SeenRequest {
  readonly method: string
  readonly url: URL
  readonly body: string
}

/** The far side of the network: a vault that demands a token and answers what a test says. */
export class MemoryVault {
  readonly seen: SeenRequest[] = []
  readonly #answer: (request: SeenRequest) => { readonly status: number; readonly body: unknown }

  constructor(
    answer: (request: SeenRequest) => { readonly status: number; readonly body: unknown },
  ) {
    this.#answer = answer
  }

  readonly fetch: Fetch = async (url, init) => {
    const headers = new Headers(init.headers)
    if (!headers.has('authorization')) {
      const challenge =
        'Bearer authorization="https://login.windows.net/tenant", resource="https://vault.azure.net"'
      return new Response('{}', { status: 401, headers: { 'www-authenticate': challenge } })
    }
    const body = typeof init.body === 'string' ? init.body : ''
    const request = { method: init.method ?? 'GET', url: new URL(url), body }
    this.seen.push(request)
    const answer = this.#answer(request)
    return new Response(JSON.stringify(answer.body), { status: answer.status })
  }
}

/** A secret as the wire has it. */
export function wireSecret(url: URL, name: string, value?: string): object {
  return {
    id: `${url.origin}/secrets/${name}/0123456789abcdef0123456789abcdef`,
    attributes: { enabled: true, created: 1_700_000_000, updated: 1_700_000_000 },
    ...(value === undefined ? {} : { value }),
  }
}
