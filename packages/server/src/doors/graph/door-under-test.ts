import { Fault, type Caller, type Vault } from '@claviger/vault'
import { memoryVault, type MemoryVault } from '@claviger/vault/testing'
import type { Door, WireRequest } from '../../door.ts'
import type { LogFields } from '../../log.ts'
import { graphDoor, type GraphDoorOptions } from './door.ts'

/** An answer as a client reads it. */
export interface Received {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The body read as JSON; `{}` when it is empty. */
  readonly json: Readonly<Record<string, unknown>>
}

export interface Sent {
  /** Text goes as it is, anything else as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** `administrator` when not given, or an object id; `null` for none. */
  readonly token?: string | null
}

export type Logged = LogFields & { readonly message: string }

/** The door on the whole domain in memory. */
export interface GraphDoorUnderTest {
  readonly door: Door
  readonly memory: MemoryVault
  readonly logged: Logged[]
  /** Sends to `graph.localhost:8443`; `target` is path and query as written. */
  readonly send: (method: string, target: string, sent?: Sent) => Promise<Received>
  /** As `send`, behind `/v1.0`. */
  readonly call: (method: string, path: string, sent?: Sent) => Promise<Received>
  /** The items of a list, each page of it. */
  readonly list: (path: string, sent?: Sent) => Promise<readonly Record<string, unknown>[]>
}

export const BASE = 'https://graph.localhost:8443/v1.0'
export const REQUEST_ID = '7d3b0b6e-5a3f-4b0e-9c55-0d3f3f5a9a11'

/**
 * Opens it. Tokens are `administrator`, `stranger`, and the object id of any principal.
 * @param more options of the door besides.
 * @param change puts something else in the place of the vault.
 */
export async function graphDoorUnderTest(
  more: Partial<GraphDoorOptions> = {},
  change: (vault: Vault) => Vault = (vault) => vault,
): Promise<GraphDoorUnderTest> {
  const memory = await memoryVault()
  const logged: Logged[] = []
  const door = graphDoor({
    vault: change(memory.vault),
    authenticate: async (token) => callerOfToken(memory, token),
    clock: memory.clock,
    log: { error: (message, fields = {}) => void logged.push({ message, ...fields }) },
    settings: { loginHost: 'login.localhost', domain: 'localhost' },
    ...more,
  })
  const send = async (method: string, target: string, sent: Sent = {}): Promise<Received> => {
    const { status, headers, body } = await door.answer(requestOf(method, target, sent))
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8')
    return { status, headers, text, json: text === '' ? {} : JSON.parse(text) }
  }
  const call: GraphDoorUnderTest['call'] = (method, path, sent) =>
    send(method, `/v1.0${path}`, sent)
  const list: GraphDoorUnderTest['list'] = async (path, sent) => {
    const all: Record<string, unknown>[] = []
    for (let target: string | undefined = `/v1.0${path}`; target !== undefined;) {
      const { status, json, text } = await send('GET', target, sent)
      if (status !== 200) throw new Error(text)
      all.push(...(json['value'] as Record<string, unknown>[]))
      const next = json['@odata.nextLink'] as string | undefined
      target = next?.slice('https://graph.localhost:8443'.length)
    }
    return all
  }
  return { door, memory, logged, send, call, list }
}

/** A request as the listener would hand it over. */
export function requestOf(method: string, target: string, sent: Sent = {}): WireRequest {
  const { body, token = 'administrator' } = sent
  const [path = '', query = ''] = target.split(/\?(.*)/s)
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  return {
    method,
    path,
    query,
    headers: {
      ...(text === '' ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...sent.headers,
    },
    body: Buffer.from(text),
    host: 'graph.localhost',
    port: 8443,
    clientAddress: '192.0.2.7',
    requestId: REQUEST_ID,
  }
}

function callerOfToken(memory: MemoryVault, token: string): Caller {
  if (token === 'administrator') return memory.administrator.caller
  if (token === 'stranger') return memory.stranger.caller
  if (/^[0-9a-f-]{36}$/.test(token)) return memory.callBy(token).caller
  throw new Fault('TokenInvalid', { reason: 'Malformed' })
}
