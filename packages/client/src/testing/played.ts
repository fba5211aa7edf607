import assert from 'node:assert/strict'
import type { TokenCredential } from '../azure/token-credential.ts'
import type { PipelineOptions } from '../core/pipeline.ts'
import { fakeFetch, type SeenRequest } from './fake-fetch.ts'
import { challenged, FakeCredential } from './fake-vault.ts'

/** One request of a transcript and its answer. */
export interface Exchange {
  /** Method, path, and what of the query stands behind the `api-version`. */
  readonly asks: string
  /** The version of the interface that is asked for; the client's own unless said. */
  readonly version?: string
  /** What the request has for a body; nothing when this is left out. */
  readonly body?: object
  /** Status and body of the answer; without a body when it is left out. */
  readonly gives: readonly [status: number, body?: object]
  /** What this answer has beside the headers that all have. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Every answer has these, whatever was asked. */
const HEADERS = {
  'cache-control': 'no-cache',
  'content-type': 'application/json; charset=utf-8',
  expires: '-1',
  pragma: 'no-cache',
  'x-ms-keyvault-region': 'westeurope',
  'x-ms-request-id': '00000000-1111-4222-8333-444444444444',
}

/** What the service says of what it refuses. */
export function refusal(code: string, message: string, innerCode?: string): object {
  const innererror = innerCode === undefined ? {} : { innererror: { code: innerCode } }
  return { error: { code, message, ...innererror } }
}

/** What the cases of one client have played. */
export interface Transcript<Client extends object> {
  /** Plays these exchanges in this order to what `act` does, which has to ask for all of them. */
  readonly play: (
    exchanges: readonly Exchange[],
    act: (client: Client) => Promise<void>,
    challenge?: () => Response,
  ) => Promise<void>
  /** The client's public methods and getters that no case has used itself. */
  readonly unused: () => readonly string[]
}

/** A transcript of the clients that have this prototype. */
export function transcriptOf<Client extends object>(
  prototype: Client,
  clientOf: (credential: TokenCredential, options: PipelineOptions) => Client,
): Transcript<Client> {
  const used = new Set<string | symbol>(['constructor'])
  return {
    async play(exchanges, act, challenge = challenged) {
      const left = [...exchanges]
      // A client may live with a request that fails; a transcript does not.
      const failures: unknown[] = []
      const { fetch } = fakeFetch((request) => {
        try {
          if (request.headers.has('authorization')) return answerOf(left.shift(), request)
          assert.equal(request.body, '')
          return challenge()
        } catch (error) {
          failures.push(error)
          throw error
        }
      })
      try {
        const options = { fetch, retryOptions: { maxRetries: 0 } }
        await act(watched(clientOf(new FakeCredential(), options), used))
      } catch (error) {
        failures.push(error)
      }
      if (failures.length > 0) throw failures[0]
      assert.deepEqual(left.map(({ asks }) => asks), [])
    },
    unused: () => Object.getOwnPropertyNames(prototype).filter((name) => !used.has(name)),
  }
}

function answerOf(exchange: Exchange | undefined, request: SeenRequest): Response {
  const { method, url, headers: sent } = request
  const { asks, version, body, gives, headers } =
    exchange ?? assert.fail(`nothing more than ${method} ${url.href}`)
  const start = `?api-version=${version ?? '2025-07-01'}`
  if (!url.search.startsWith(start)) assert.fail(`another version of the interface: ${url.href}`)
  const query = url.search.slice(start.length).replace(/^&/, '?')
  assert.equal(`${method} ${url.pathname}${query}`, asks)
  assert.deepEqual(request.body === '' ? undefined : JSON.parse(request.body), body)
  assert.equal(sent.get('content-type'), body === undefined ? null : 'application/json')
  const [status, answer] = gives
  const text = answer === undefined ? null : JSON.stringify(answer)
  return new Response(text, { status, headers: { ...HEADERS, ...headers } })
}

/** The same client; what is called or read from outside is noted, not what it calls itself. */
function watched<Client extends object>(client: Client, used: Set<string | symbol>): Client {
  return new Proxy(client, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') {
        used.add(name)
        return member
      }
      return (...given: readonly unknown[]): unknown => {
        used.add(name)
        return Reflect.apply(member, target, given)
      }
    },
  })
}
