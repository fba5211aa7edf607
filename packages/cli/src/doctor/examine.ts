import { lookup } from 'node:dns/promises'
import {
  AccessDeniedError,
  CredentialUnavailableError,
  type Fetch,
  SecretClient,
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

const PATIENCE_MS = 10_000

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

async function nameFinding(
  vaultUrl: string,
  { surroundings, say }: CommandContext,
): Promise<Finding> {
  const { hostname } = new URL(vaultUrl)
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
  const { host, origin } = new URL(vaultUrl)
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
    answer = await fetch(`${origin}/secrets?api-version=7.4&maxresults=1`, { method: 'GET', signal })
  } catch (error) {
    const code = codeOf(error)
    return failed(say('foundNoConnection', { host, code }), adviceFor(code))
  }
  const { status, headers } = answer
  if (status !== 401 || !headers.has('www-authenticate')) {
    return failed(say('foundNoVault', { host, status }), 'adviceNoVault')
  }
  return {
    connection: { check: 'connection', state: 'ok', detail: say('foundVault', { host }) },
    clock: clockFinding(headers.get('date'), say),
  }
}

function codeOf(error: unknown): string {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown'
}

/** By the codes of Node's checks of certificates and of the system. */
function adviceFor(code: string): MessageName {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'adviceOtherName'
  if (/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(code)) return 'adviceDates'
  if (/UNABLE_TO_|SELF_SIGNED|CERT_/.test(code)) return 'hintUntrusted'
  return 'adviceUnanswered'
}

function clockFinding(date: string | null, say: CommandContext['say']): Finding {
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
    const [detail = ''] = explained(error, say).message.split('\n')
    if (!(error instanceof AccessDeniedError)) {
      const isMissing = error instanceof CredentialUnavailableError
      const advice = say(isMissing ? 'hintNoCredential' : 'adviceCredential')
      yield { check: 'credential', state: 'failed', detail, advice }
      return
    }
    yield taken
    yield { check: 'permission', state: 'failed', detail, advice: say('hintDenied') }
    return
  }
  yield taken
  yield { check: 'permission', state: 'ok', detail: say('foundPermission') }
}
