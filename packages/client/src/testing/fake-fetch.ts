import type { Fetch } from '../core/pipeline.ts'

/** A request as the far side sees it. */
export interface SeenRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: string
}

/** The far side of the network: gives `answer` of each request, and keeps what was asked. */
export interface FakeFetch {
  readonly fetch: Fetch
  readonly seen: SeenRequest[]
}

/** A `fetch` that answers by a function and reaches no network. */
export function fakeFetch(
  answer: (request: SeenRequest, number: number) => Response | Promise<Response>,
): FakeFetch {
  const seen: SeenRequest[] = []
  const fetch: Fetch = async (url, init) => {
    init.signal?.throwIfAborted()
    const { body } = init
    const request: SeenRequest = {
      method: init.method ?? 'GET',
      url: new URL(url),
      headers: new Headers(init.headers),
      body:
        body instanceof Uint8Array
          ? new TextDecoder().decode(body)
          : typeof body === 'string'
            ? body
            : '',
    }
    seen.push(request)
    return answer(request, seen.length)
  }
  return { fetch, seen }
}

/** A JSON answer. */
export function json(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  })
}
