import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SuiteRun } from '../runner/suite-run.ts'
import type { Az } from './az.ts'
import { has, hasNot, member } from './expected-output.ts'

const GROUP = 'az-audited'
/** Its host name leads here while the suites run. */
const VAULT = 'az-audited'
/** What the operator calls the place; az takes it for a workspace. */
const SINK = 'siem'
const DELIVERED_WITHIN_MS = 20_000

/** The setting by which the operator offers a file as a place for audits. */
export function sinkSettings(run: SuiteRun): Readonly<Record<string, string>> {
  return { CLAVIGER_AUDIT_SINKS: `${SINK}=file:${sinkFile(run)}` }
}

function sinkFile(run: SuiteRun): string {
  return join(run.folder, 'az-audit.jsonl')
}

/** A diagnostic setting sends the audit of a vault elsewhere, until it is deleted. */
export async function checkDiagnosticCommands(az: Az): Promise<void> {
  await az.gives(['group', 'create', '--name', GROUP, '--location', 'eastus'])
  const vault = await az.gives(['keyvault', 'create', '--name', VAULT, '--resource-group', GROUP])
  const at = ['--resource', member(vault, 'id')]
  const settings = ['monitor', 'diagnostic-settings']
  const logs = JSON.stringify([{ category: 'AuditEvent', enabled: true }])
  const create = (sink: string): readonly string[] =>
    [...settings, 'create', '--name', 'elsewhere', ...at, '--workspace', sink, '--logs', logs]
  await az.refuses(create('nowhere'), /there is no audit sink of that name/)
  await az.gives(create(SINK), { name: 'elsewhere' })
  await az.gives([...settings, 'list', ...at], has('name', 'elsewhere'))
  await az.gives([...settings, 'show', '--name', 'elsewhere', ...at], { name: 'elsewhere' })
  await az.gives([...settings, 'categories', 'list', ...at])
  const secret = ['--vault-name', VAULT, '--name', 'audited', '--value', az.server.canary]
  await az.gives(['keyvault', 'secret', 'set', ...secret])
  await az.run.step('what was done in the vault is told where its setting says', async () => {
    for (const deadline = Date.now() + DELIVERED_WITHIN_MS; ; await sleep(100)) {
      const text = existsSync(sinkFile(az.run)) ? readFileSync(sinkFile(az.run), 'utf8') : ''
      if (text.includes('"SecretSet"')) {
        assert.equal(text.includes(az.server.canary), false)
        return
      }
      if (Date.now() > deadline) throw new Error(`The file has ${text.length} characters.`)
    }
  })
  await az.gives([...settings, 'delete', '--name', 'elsewhere', ...at])
  await az.gives([...settings, 'list', ...at], hasNot('name', 'elsewhere'))
  await az.gives(['group', 'delete', '--name', GROUP, '--yes'])
}
