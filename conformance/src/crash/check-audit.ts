import type { SuiteRun } from '../runner/suite-run.ts'
import type { TestServer } from '../server/test-server.ts'
import { readAudit, verifyAudit } from '../server/verify-audit.ts'
import type { Ledger } from './ledger.ts'

type Told = Pick<Ledger<never>, 'acknowledged' | 'unapplied'>

/** The chain is whole, and it tells of exactly the changes that happened. */
export async function checkAudit(
  run: SuiteRun,
  server: TestServer,
  ledgers: readonly Told[],
): Promise<void> {
  await run.step('the audit chain is intact', () => verifyAudit(run, server))
  await run.step('every change that happened has its one audit entry, no other has', () => {
    const succeeded = new Map<string, string[]>()
    for (const { correlationId, operationName, status } of readAudit(server)) {
      if (status >= 300) continue
      succeeded.set(correlationId, [...(succeeded.get(correlationId) ?? []), operationName])
    }
    const wrong = ledgers
      .flatMap(({ acknowledged }) => acknowledged)
      .filter(
        ({ requestId, operationName }) => succeeded.get(requestId)?.join() !== operationName,
      )
    const untrue = ledgers
      .flatMap(({ unapplied }) => unapplied)
      .filter((requestId) => succeeded.has(requestId))
    if (wrong.length + untrue.length === 0) return
    const example = wrong[0]
    throw new Error(
      `${wrong.length} changes have no entry, another, or several` +
        `${example === undefined ? '' : ` (a ${example.operationName})`}; ` +
        `${untrue.length} entries tell of changes that did not happen.`,
    )
  })
}
