import { Fault, type AuditEntry, type Caller, type FaultDetail, type Vault } from '@claviger/vault'
import { memoryVault, type MemoryVault } from '@claviger/vault/testing'
import type { Door, WireRequest } from '../../door.ts'
import type { LogFields } from '../../log.ts'
import { azureDoor, type AzureDoorOptions } from './door.ts'

/** Why a token can be refused; a test refuses one for each. */
export const TOKEN_FAILURES: readonly FaultDetail['TokenInvalid']['reason'][] = [
  'Malformed', 'AlgorithmNotAllowed', 'KeyUnknown', 'SignatureWrong', 'IssuerWrong',
  'AudienceWrong', 'TenantWrong', 'Expired', 'NotYetValid', 'Revoked', 'PrincipalUnknown',
]

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
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** `administrator` when not given; `null` for none. */
  readonly token?: string | null
  readonly host?: string
  readonly port?: number | undefined
}

export type Logged = LogFields & { readonly message: string }

/** The door on the whole domain in memory. */
export interface DoorUnderTest {
  readonly door: Door
  readonly memory: MemoryVault
  readonly logged: Logged[]
  /** How many requests came without a token. */
  readonly anonymous: () => number
  /** Sends to `default.vault.localhost:8443`; `target` is path and query as written. */
  readonly send: (method: string, target: string, sent?: Sent) => Promise<Received>
  /** As `send`, with a current api-version. */
  readonly call: (method: string, path: string, sent?: Sent) => Promise<Received>
  readonly lastAudit: () => Promise<AuditEntry | undefined>
}

export const VERSION = '2025-07-01'
/** What ids begin with when a request went to the host and port of `send`. */
export const ORIGIN = 'https://default.vault.localhost:8443'
export const REQUEST_ID = '7d3b0b6e-5a3f-4b0e-9c55-0d3f3f5a9a11'

/**
 * Opens it. Tokens are `administrator`, `stranger`, and `refused:<reason>`; any other is malformed.
 * @param change puts something else in the place of the vault.
 * @param more options of the door besides.
 */
export async function doorUnderTest(
  change: (vault: Vault) => Vault = (vault) => vault,
  more: (memory: MemoryVault) => Partial<AzureDoorOptions> = () => ({}),
): Promise<DoorUnderTest> {
  const memory = await memoryVault()
  const logged: Logged[] = []
  let anonymous = 0
  const door = azureDoor({
    vault: change(memory.vault),
    authenticate: async (token) => callerOfToken(memory, token),
    onAnonymous: () => {
      anonymous++
    },
    log: {
      error: (message, fields = {}) => void logged.push({ message, ...fields }),
      warn: (message, fields = {}) => void logged.push({ message, ...fields }),
    },
    settings: {
      vaultSuffix: 'vault.localhost',
      defaultVaultHosts: ['keys.example'],
      loginBase: ({ port }) => `https://login.localhost${port === undefined ? '' : `:${port}`}`,
      region: 'test',
      serviceVersion: '0.1.0',
    },
    ...more(memory),
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
    anonymous: () => anonymous,
    send,
    call: (method, path, sent) => send(method, `${path}?api-version=${VERSION}`, sent),
    lastAudit: async () => (await memory.audit()).at(-1),
  }
}

/** A request as the listener would hand it over. */
export function requestOf(method: string, target: string, sent: Sent = {}): WireRequest {
  const { body, token = 'administrator', host = 'default.vault.localhost' } = sent
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
    body: sent.bytes ?? Buffer.from(text),
    host,
    port: 'port' in sent ? sent.port : 8443,
    clientAddress: '192.0.2.7',
    requestId: REQUEST_ID,
  }
}

function callerOfToken(memory: MemoryVault, token: string): Caller {
  if (token === 'administrator') return memory.administrator.caller
  if (token === 'stranger') return memory.stranger.caller
  throw new Fault('TokenInvalid', {
    reason: TOKEN_FAILURES.find((reason) => token === `refused:${reason}`) ?? 'Malformed',
    found: 'https://found.example/',
    expected: 'https://expected.example/',
  })
}

/** Sets a secret, with the value `v` unless another is among the members. */
export async function setSecret(
  { call }: DoorUnderTest,
  name: string,
  members: object = {},
): Promise<Received> {
  const answer = await call('PUT', `/secrets/${name}`, { body: { value: 'v', ...members } })
  if (answer.status !== 200) throw new Error(`the secret was not set: ${answer.text}`)
  return answer
}

/** The version at the end of an answer's id. */
export function versionOf({ json }: Received): string {
  return String(json['id']).split('/').at(-1) ?? ''
}
