import type { SuiteRun } from '../runner/suite-run.ts'
import type { TestServer } from '../server/test-server.ts'
import { readAudit, verifyAudit } from '../server/verify-audit.ts'
import { isNamedBy } from './kms-request-id.ts'
import type { Acknowledged, LedgerReport } from './ledger.ts'

type Told = Pick<LedgerReport, 'acknowledged' | 'unapplied'>

/** The chain is whole, and it tells of exactly the changes that happened. */
export async function checkAudit(
  run: SuiteRun,
  server: TestServer,
  ledgers: readonly Told[],
): Promise<void> {
  await run.step('the audit chain is intact', () => verifyAudit(run, server))
  await run.step('every change that happened has its audit entries once, no other has', () => {
    const succeeded = new Map<string, string[]>()
    for (const { correlationId, clientInfo, operationName, status } of readAudit(server)) {
      if (status >= 300) continue
      // Requests whose ids are the server's own name themselves by their user agents.
      const id = isNamedBy(clientInfo) ? clientInfo : correlationId
      succeeded.set(id, [...(succeeded.get(id) ?? []), operationName])
    }
    const wrong = ledgers
      .flatMap(({ acknowledged }) => acknowledged)
      .filter((change) => !isToldOf(change, succeeded.get(change.requestId)))
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

function isToldOf(
  { operationName, perhapsThen }: Acknowledged,
  told: readonly string[] | undefined,
): boolean {
  const found = told?.join()
  return found === operationName || found === `${operationName},${perhapsThen}`
}
