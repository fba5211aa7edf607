import { Fault, type Caller } from '@claviger/vault'
import { audienceOf } from '@claviger/vault'
import { memoryVault, type MemoryVault } from '@claviger/vault/testing'
import type { Door, WireRequest } from '../../door.ts'
import type { LogFields } from '../../log.ts'
import { armDoor, type ArmDoorOptions } from './door.ts'

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
  /** `administrator` when not given; `null` for none. */
  readonly token?: string | null
  readonly version?: string
  readonly clientAddress?: string
}

export type Logged = LogFields & { readonly message: string }

/** The door on the whole domain in memory. */
export interface ArmDoorUnderTest {
  readonly door: Door
  readonly memory: MemoryVault
  readonly logged: Logged[]
  /** `/subscriptions/<that of the tenant>`. */
  readonly subscription: string
  /** Sends to `management.localhost:8443`; `target` is path and query as written. */
  readonly send: (method: string, target: string, sent?: Sent) => Promise<Received>
  /** As `send`, with the api-version of `sent` or a current one of the vaults. */
  readonly call: (method: string, path: string, sent?: Sent) => Promise<Received>
}

export const VERSION = '2026-02-01'
export const ORIGIN = 'https://management.localhost:8443'

/**
 * Opens it. Tokens are `administrator`, `stranger` and those of `callers`.
 * @param more options of the door besides.
 */
export async function armDoorUnderTest(
  callers: (memory: MemoryVault) => Readonly<Record<string, Caller>> = () => ({}),
  more: Partial<ArmDoorOptions> = {},
): Promise<ArmDoorUnderTest> {
  const memory = await memoryVault()
  const logged: Logged[] = []
  const known: Readonly<Record<string, Caller>> = {
    administrator: memory.administrator.caller,
    stranger: memory.stranger.caller,
    ...callers(memory),
  }
  const door = armDoor({
    vault: memory.vault,
    authenticate: async (token) => {
      const caller = known[token]
      if (caller !== undefined) return caller
      throw new Fault('TokenInvalid', { reason: 'Malformed' })
    },
    log: { error: (message, fields = {}) => void logged.push({ message, ...fields }) },
    settings: {
      audience: audienceOf('management', 'management.localhost'),
      loginHost: 'login.localhost',
      graphHost: 'graph.localhost',
      vaultSuffix: 'vault.localhost',
      region: 'test',
      auditSinks: ['archive', 'siem'],
    },
    ...more,
  })
  const send = async (method: string, target: string, sent: Sent = {}): Promise<Received> => {
    const { status, headers, body } = await door.answer(requestOf(method, target, sent))
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8')
    return { status, headers, text, json: text === '' ? {} : JSON.parse(text) }
  }
  return {
    door,
    memory,
    logged,
    subscription: `/subscriptions/${memory.first.tenant.subscription}`,
    send,
    call: (method, path, sent = {}) =>
      send(method, `${path}${path.includes('?') ? '&' : '?'}api-version=${sent.version ?? VERSION}`, sent),
  }
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
    host: 'management.localhost',
    port: 8443,
    clientAddress: sent.clientAddress ?? '192.0.2.7',
    requestId: '7d3b0b6e-5a3f-4b0e-9c55-0d3f3f5a9a11',
  }
}
