import { lookup } from 'node:dns/promises'
import {
  AccessDeniedError,
  ConnectionError,
  CredentialUnavailableError,
  type Fetch,
  SecretClient,
  TimeoutError,
} from '@claviger/client/azure'
import { nodeFetch } from '@claviger/client/node'
import type { CommandContext } from '../command-context.ts'
import { explained } from '../explained.ts'
import type { MessageName } from '../language/messages.ts'

/** What is looked at, in this order: each needs the ones before it. */
export const CHECKS = ['name', 'connection', 'clock', 'credential', 'permission'] as const

/** What was found about one of them, and what to do about it. */
export interface Finding {
  readonly check: (typeof CHECKS)[number]
  readonly state: 'ok' | 'failed'
  readonly detail: string
  readonly advice?: string
}

/** Seconds that clocks may differ before tokens and signatures are refused. */
const MOST_SKEW = 300

/** How long an answer is waited for. */
export const PATIENCE_MS = 10_000

/** Looks at all that lies between this machine and a vault; ends at the first that is wrong. */
export async function* examine(
  vaultUrl: string,
  context: CommandContext,
): AsyncGenerator<Finding, undefined> {
  const name = await nameFinding(vaultUrl, context)
  yield name
  if (name.state === 'failed') return
  const { connection, clock } = await connectionFindings(vaultUrl, context)
  yield connection
  if (connection.state === 'failed') return
  yield clock
  yield* accessFindings(vaultUrl, context)
}

/** Whether the host of a URL has an address. */
export async function nameFinding(
  vaultUrl: string,
  { surroundings, say }: CommandContext,
): Promise<Finding> {
  // An address of IPv6 stands in brackets in a URL alone.
  const hostname = new URL(vaultUrl).hostname.replaceAll(/[[\]]/g, '')
  const addressesOf = surroundings.addressesOf ?? systemAddresses
  try {
    const addresses = await addressesOf(hostname)
    return { check: 'name', state: 'ok', detail: `${hostname}: ${addresses.join(', ')}` }
  } catch {
    const advice = say('adviceName')
    return { check: 'name', state: 'failed', detail: say('foundNoAddress', { host: hostname }), advice }
  }
}

async function systemAddresses(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address)
}

interface ConnectionFindings {
  readonly connection: Finding
  readonly clock: Finding
}

async function connectionFindings(
  vaultUrl: string,
  { surroundings, say }: CommandContext,
): Promise<ConnectionFindings> {
  const { host, origin, pathname } = new URL(vaultUrl)
  const base = origin + pathname.replace(/\/+$/, '')
  const fetch: Fetch = surroundings.fetch ?? nodeFetch()
  const failed = (detail: string, advice: MessageName): ConnectionFindings => {
    const connection: Finding = {
      check: 'connection',
      state: 'failed',
      detail,
      advice: say(advice, { host }),
    }
    return { connection, clock: connection }
  }
  let answer: Response
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    answer = await fetch(`${base}/secrets?api-version=7.4&maxresults=1`, { method: 'GET', signal })
  } catch (error) {
    const connection = noConnectionFinding(host, error, 'hintUntrusted', say)
    return { connection, clock: connection }
  }
  const { status, headers } = answer
  if (status === 404 && (await isOfVaults(answer))) {
    return failed(say('foundNoSuchVault', { host }), 'adviceNoSuchVault')
  }
  if (status !== 401 || !headers.has('www-authenticate')) {
    return failed(say('foundNoVault', { host, status }), 'adviceNoVault')
  }
  return {
    connection: { check: 'connection', state: 'ok', detail: say('foundVault', { host }) },
    clock: clockFinding(headers.get('date'), say),
  }
}

/** Why nothing has answered, and what to do; for an authority that is not trusted, this. */
export function noConnectionFinding(
  host: string,
  error: unknown,
  untrusted: MessageName,
  say: CommandContext['say'],
): Finding {
  const code = codeOf(error)
  const detail = say('foundNoConnection', { host, code, reason: say(reasonOf(code)) })
  const known = adviceFor(code)
  const advice = say(known === 'hintUntrusted' ? untrusted : known, { host })
  return { check: 'connection', state: 'failed', detail, advice }
}

/** Octets of an answer that are looked at; an error of a vault has a few hundred. */
const MOST_ERROR = 8192

/** Whether an answer is an error as vaults have it, so that there is a server, and not the vault. */
async function isOfVaults({ body }: Response): Promise<boolean> {
  const chunks: Uint8Array[] = []
  let octets = 0
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    octets += chunk.byteLength
    if (octets > MOST_ERROR) return false
  }
  try {
    const { error } = JSON.parse(Buffer.concat(chunks).toString()) as { error?: { code?: unknown } }
    return typeof error?.code === 'string'
  } catch {
    return false
  }
}

function codeOf(error: unknown): string {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown'
}

const REASONS: readonly (readonly [codes: RegExp, reason: MessageName])[] = [
  [/^(ABORT_ERR|AbortError|TimeoutError|ETIMEDOUT|UND_ERR_.*TIMEOUT)$/, 'reasonNoAnswer'],
  [/^ECONNREFUSED$/, 'reasonRefused'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'reasonBroken'],
  [/^(EPROTO|ERR_SSL_.*|HPE_.*)$/, 'reasonNoTls'],
  [/^(ENETUNREACH|EHOSTUNREACH)$/, 'reasonNoWay'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'reasonNoName'],
  [/UNABLE_TO_|SELF_SIGNED|CERT_|^ERR_TLS_/, 'reasonCertificate'],
]

function reasonOf(code: string): MessageName {
  return REASONS.find(([codes]) => codes.test(code))?.[1] ?? 'reasonOther'
}

/** By the codes of Node's checks of certificates and of the system. */
function adviceFor(code: string): MessageName {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'adviceOtherName'
  if (/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(code)) return 'adviceDates'
  if (/UNABLE_TO_|SELF_SIGNED|CERT_/.test(code)) return 'hintUntrusted'
  return 'adviceUnanswered'
}

/** Whether the clock here is that of an answer. */
export function clockFinding(date: string | null, say: CommandContext['say']): Finding {
  const theirs = Date.parse(date ?? '')
  if (Number.isNaN(theirs)) return { check: 'clock', state: 'ok', detail: say('foundNoClock') }
  const seconds = Math.round(Math.abs(Date.now() - theirs) / 1000)
  const detail = say('foundClock', { seconds })
  if (seconds <= MOST_SKEW) return { check: 'clock', state: 'ok', detail }
  return { check: 'clock', state: 'failed', detail, advice: say('adviceClock') }
}

async function* accessFindings(
  vaultUrl: string,
  { say, credential, clientOptions }: CommandContext,
): AsyncGenerator<Finding, undefined> {
  const client = new SecretClient(vaultUrl, credential, clientOptions)
  const taken: Finding = { check: 'credential', state: 'ok', detail: say('foundCredential') }
  try {
    await client.listPropertiesOfSecrets().byPage({ maxPageSize: 1 }).next()
  } catch (error) {
    const [detail = ''] = explained(error, say).message.split(/\r?\n/)
    if (!(error instanceof AccessDeniedError)) {
      yield { check: 'credential', state: 'failed', detail, advice: say(credentialAdvice(error)) }
      return
    }
    yield taken
    yield { check: 'permission', state: 'failed', detail, advice: say('hintDenied') }
    return
  }
  yield taken
  yield { check: 'permission', state: 'ok', detail: say('foundPermission') }
}

function credentialAdvice(error: unknown): MessageName {
  if (error instanceof CredentialUnavailableError) return 'hintNoCredential'
  // The vault was reached before: what cannot be is where tokens come from.
  if (error instanceof TimeoutError) return 'adviceIssuer'
  if (!(error instanceof ConnectionError)) return 'adviceCredential'
  const advice = adviceFor(codeOf(error.cause ?? error))
  return advice === 'hintUntrusted' ? advice : 'adviceIssuer'
}
