import { readFileSync, writeFileSync } from 'node:fs'
import { REPOSITORY } from '../machine/repository.ts'
import type { AuditRow } from '../server/verify-audit.ts'

// What works is read from the audit of the servers that the clients talked to: an operation counts
// for a client when a request of that client reached it and succeeded. It makes `docs/parity.md`.

/** Which client a user agent belongs to; what is none of the official ones does not count. */
const CLIENTS: Readonly<Record<string, RegExp>> = {
  '@azure/keyvault-secrets': /azsdk-js-keyvault-secrets\//,
  '@azure/keyvault-keys': /azsdk-js-keyvault-keys\//,
  '@azure/keyvault-certificates': /azsdk-js-keyvault-certificates\//,
  'azure-keyvault-secrets (Python)': /azsdk-python-keyvault-secrets\//,
  'azure-keyvault-keys (Python)': /azsdk-python-keyvault-keys\//,
  'azure-keyvault-certificates (Python)': /azsdk-python-keyvault-certificates\//,
}

const FILE = `${REPOSITORY}docs/parity.json`

/** Operations by client, as audited; both sorted. */
export type Parity = Readonly<Record<string, readonly string[]>>

const seen = new Map<string, Set<string>>()

/** Takes note of what succeeded on one server. */
export function notePassed(requests: readonly AuditRow[]): void {
  for (const { clientInfo, operationName, status } of requests) {
    if (status >= 300) continue
    const client = Object.keys(CLIENTS).find((name) => CLIENTS[name]?.test(clientInfo) === true)
    if (client === undefined) continue
    seen.set(client, (seen.get(client) ?? new Set()).add(operationName))
  }
}

/** What was seen in this run. */
export function parityOfThisRun(): Parity {
  const names = Object.keys(CLIENTS)
  return Object.fromEntries(names.map((name) => [name, [...(seen.get(name) ?? [])].toSorted()]))
}

/** Keeps what was seen as the committed evidence. */
export function writeParity(): void {
  writeFileSync(FILE, `${JSON.stringify(parityOfThisRun(), undefined, 2)}\n`)
}

/** @throws Error when the committed evidence and this run, of all suites, say different things. */
export function demandParityIsCurrent(): void {
  const committed = JSON.stringify(JSON.parse(readFileSync(FILE, 'utf8')))
  if (committed === JSON.stringify(parityOfThisRun())) return
  throw new Error(
    'docs/parity.json says something else than this run; see what changed, then type ' +
      '"npm run conformance -- --write-parity" and "npm run docs".',
  )
}
