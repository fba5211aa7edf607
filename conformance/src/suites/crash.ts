import { randomInt } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkAudit } from '../crash/check-audit.ts'
import { checkLists } from '../crash/check-lists.ts'
import { kill, type Target, TARGETS, workers } from '../crash/kill.ts'
import { Ledgers } from '../crash/ledgers.ts'
import { Observer } from '../crash/observer.ts'
import { stopUnderLoad } from '../crash/stop-under-load.ts'
import { processTree, untilGone } from '../machine/process-tree.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { TestServer } from '../server/test-server.ts'
import { untilReady } from '../server/start-server.ts'

const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? '50')
const LONGEST_LOAD_MS = 500
const CONNECTIONS = 24
/** A connection that was on its way to a worker when that was killed is never answered. */
const GIVEN_UP_AFTER_MS = 5000
/** Milliseconds that processes have to end once the one they depend on is gone. */
const ORPHANS_END_WITHIN = 20_000

/** Kills at random moments under concurrent writes; compares what is left with the promises. */
export const crash: Suite = {
  name: 'crash',
  what: `${ROUNDS} times SIGKILL at random moments under concurrent writes; then SIGTERM`,
  budgetSeconds: 600,
  async run(run) {
    const server = await TestServer.start(run)
    const token = await server.token()
    const ledgers = new Ledgers()
    const kills = await run.step('the server comes back after every kill', () =>
      killInTurn(run, server, token, ledgers),
    )
    await settle(server, token, ledgers, 'all')
    await run.step('lists agree with what is read one by one', () =>
      withObserver(server, token, async (observer) => {
        await checkLists(observer, ledgers.secrets)
        await checkLists(observer, ledgers.keys)
      }),
    )
    await stopUnderLoad(run, server, token, ledgers)
    await settle(server, token, ledgers, 'all')
    await checkAudit(run, server, ledgers.all)
    for (const { noun, acknowledged, violations, inDoubt, hung } of ledgers.all) {
      const { collection } = noun
      await run.step(`${collection}: nothing acknowledged is lost, nothing half-applied`, () => {
        if (violations.length > 0) throw new Error(violations.slice(0, 20).join('\n'))
        if (acknowledged.length === 0) throw new Error('No write was acknowledged.')
      })
      run.note(
        `${collection}: ${acknowledged.length} acknowledged, ${inDoubt} in doubt ` +
          `(${hung} given up after ${GIVEN_UP_AFTER_MS} ms), ${violations.length} lost or wrong`,
      )
    }
    run.note(`${kills ?? 0} kills`)
  },
}

async function killInTurn(
  run: SuiteRun,
  server: TestServer,
  token: string,
  ledgers: Ledgers,
): Promise<number> {
  let kills = 0
  const slowest = new Map<Target, number>()
  for (let round = 0; round < ROUNDS; round += 1) {
    const target = TARGETS[round % TARGETS.length] ?? 'group'
    const client = server.client(CONNECTIONS, { limitMs: GIVEN_UP_AFTER_MS })
    const load = ledgers.startLoad(client, token, server, GIVEN_UP_AFTER_MS)
    await sleep(randomInt(LONGEST_LOAD_MS))
    const startedAt = performance.now()
    kills += await killOne(server, target)
    const took = performance.now() - startedAt
    slowest.set(target, Math.max(took, slowest.get(target) ?? 0))
    await load.stop()
    client.close()
    await settle(server, token, ledgers, 'touched')
  }
  for (const [target, ms] of slowest) {
    run.note(`${target} killed: back after ${Math.round(ms)} ms at most`)
  }
  return kills
}

/** Kills, and waits until the server answers again; gives the number of kills. */
async function killOne(server: TestServer, target: Target): Promise<number> {
  const { pid } = server.started
  const all = processTree(pid).map((process) => process.pid)
  const before = workers(pid)
  const victims = kill(target, pid)
  if (!victims.includes(pid)) {
    // The supervisor lives: it has to bring the rest back by itself.
    // Workers end with their primary; one that has not yet must not be taken for a new one.
    const ending = target === 'primary' ? [...victims, ...before] : victims
    await untilGone(ending, ORPHANS_END_WITHIN)
    await untilWorkers(pid, before.length)
    await untilReady(server.started)
    return 1
  }
  await untilGone(all, ORPHANS_END_WITHIN)
  await server.started.ended
  const killedInStart = randomInt(3) === 0
  if (killedInStart) await server.startAndKill(randomInt(600))
  await server.startAgain()
  return killedInStart ? 2 : 1
}

async function untilWorkers(root: number, count: number): Promise<void> {
  for (const deadline = Date.now() + 20_000; workers(root).length < count; await sleep(25)) {
    if (Date.now() < deadline) continue
    throw new Error(`${workers(root).length} of ${count} workers are back`)
  }
}

function settle(
  server: TestServer,
  token: string,
  ledgers: Ledgers,
  which: 'touched' | 'all',
): Promise<void> {
  return withObserver(server, token, (observer) => ledgers.settle(observer, server, which))
}

async function withObserver(
  server: TestServer,
  token: string,
  use: (observer: Observer) => Promise<void>,
): Promise<void> {
  const client = server.client(CONNECTIONS)
  try {
    await use(new Observer(client, token))
  } finally {
    client.close()
  }
}
