import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startChild } from '../machine/child.ts'
import { programPath } from '../machine/strip-programs.ts'
import { EXPIRED_AFTER_DAYS, RENEWED_AFTER_DAYS, TLS_CASES } from '../programs/tls-cases.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { clientShell, type ClientOptions } from '../server/client-shell.ts'
import { movedClock } from '../server/moved-clock.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'
import { readAudit } from '../server/verify-audit.ts'

/** What every program and the vault live with; none for today. */
type Clock = Readonly<Record<string, string>>
type Expected = 'current' | 'outdated' | 'expired'

const TODAY: Clock = {}
/** Seconds in which programs get ready, and the scheduler gets round to what is due at a start. */
const WITHIN_SECONDS = 30
const POLL_MS = 100

/**
 * TLS on certificates of the vault before and after the vault renews them by itself. Time passes
 * for the vault, the TLS servers and their clients alike; all else is real.
 */
export const tlsRenewal: Suite = {
  name: 'tls',
  what: 'TLS servers and clients of Node on certificates of the vault, over their renewal',
  budgetSeconds: 240,
  async run(run) {
    const server = await TestServer.start(run)
    await runProgramAt(run, server, TODAY, 'tls-create')
    const early = await serve(run, server, TODAY)
    await checkServers(run, server, TODAY, early, 'current')
    const { faketime } = run.machine
    if ('missing' in faketime) {
      run.notRun('the same after a renewal', faketime.missing)
      return
    }
    const later = movedClock(faketime.path, RENEWED_AFTER_DAYS)
    await moveTo(run, server, later)
    await run.step('the scheduler renews each certificate', () => untilRenewed(server))
    await runProgramAt(run, server, later, 'tls-renewed')
    const renewed = await serve(run, server, later)
    await checkServers(run, server, later, renewed, 'current')
    await checkServers(run, server, later, early, 'outdated')
    const end = movedClock(faketime.path, EXPIRED_AFTER_DAYS)
    await moveTo(run, server, end)
    await checkServers(run, server, end, renewed, 'current')
    await checkServers(run, server, end, early, 'expired')
  },
}

/** The vault sleeps until then. */
async function moveTo(run: SuiteRun, server: TestServer, clock: Clock): Promise<void> {
  await run.step('the vault is stopped and starts again days later', async () => {
    await server.stop()
    await server.startAgain(clock)
  })
}

/** @throws Error that names what was not renewed in time. */
async function untilRenewed(server: TestServer): Promise<void> {
  for (const deadline = Date.now() + WITHIN_SECONDS * 1000; ; await sleep(POLL_MS)) {
    const renewed = readAudit(server)
      .filter(({ operationName }) => operationName === 'CertificateRenew')
      .filter(({ status }) => status === 200)
      .map(({ id }) => id)
    const missing = TLS_CASES.filter(
      ({ name }) => !renewed.some((id) => id.includes(`certificates/${name}/`)),
    )
    if (missing.length === 0) return
    if (Date.now() < deadline) continue
    throw new Error(`Not renewed: ${missing.map(({ name }) => name).join(', ')}`)
  }
}

/** Starts TLS servers on what the vault has then; gives `name=port name=port`. */
async function serve(run: SuiteRun, server: TestServer, clock: Clock): Promise<string> {
  const [shell, args, where] = clientShell(run, commandOf(run, 'tls-serve'), at(server, clock))
  const child = startChild(shell, args, where)
  run.onEnd(() => child.kill())
  const servers = await run.step('TLS servers start on what the vault has', () => ready(child))
  return servers ?? ''
}

/** @throws Error with what the program said when it serves less than all. */
async function ready(child: Child): Promise<string> {
  const deadline = Date.now() + WITHIN_SECONDS * 1000
  while (!child.output().includes('serving all') && Date.now() < deadline) await sleep(POLL_MS)
  const serving = [...child.output().matchAll(/^serving (\S+) (\d+)$/gm)]
  if (serving.length !== TLS_CASES.length) throw new Error(child.output() + child.errors())
  return serving.map(([, name = '', port = '']) => `${name}=${port}`).join(' ')
}

async function checkServers(
  run: SuiteRun,
  server: TestServer,
  clock: Clock,
  servers: string,
  expected: Expected,
): Promise<void> {
  await runProgramAt(run, server, { ...clock, SERVERS: servers, EXPECTED: expected }, 'tls-connect')
}

async function runProgramAt(
  run: SuiteRun,
  server: TestServer,
  variables: Clock,
  program: string,
): Promise<void> {
  const result = await runClient(run, commandOf(run, program), at(server, variables))
  countChecks(run, variables['FAKETIME'] ?? 'today', result)
}

function commandOf(run: SuiteRun, program: string): readonly string[] {
  return [run.machine.runtime, programPath(program)]
}

function at(server: TestServer, variables: Clock): ClientOptions {
  return { sourced: [server.file('connect.env')], variables }
}
