import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { parseShellVariables } from '../connect/shell-variables.ts'
import { allGone, type ServerUnderTest, serverUnderTest } from './server-under-test.ts'

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Asks a host of the server, as a client that finds its name would. */
async function ask(
  { folder }: ServerUnderTest,
  port: number,
  [host, path]: readonly [string, string],
  { method = 'GET', headers = {}, body = '' }: Sent,
) {
  const ca = readFileSync(join(folder, 'claviger-data', 'ca.pem'))
  const asked = request({
    host: '127.0.0.1',
    port,
    path,
    method,
    ca,
    servername: host,
    headers: { ...headers, host: `${host}:${port}` },
    agent: false,
  })
  asked.end(body)
  const [response] = await once(asked, 'response')
  let text = ''
  for await (const chunk of response) text += String(chunk)
  assert.ok(response.statusCode < 300, text)
  return JSON.parse(text)
}

/** A program that asks the resource manager as the administrator. */
async function administratorOf(server: ServerUnderTest, port: number) {
  const file = join(server.folder, 'claviger-data', 'connect-service-principal.env')
  const variables = parseShellVariables(readFileSync(file, 'utf8'))
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: variables.get('AZURE_CLIENT_ID') ?? '',
    client_secret: variables.get('AZURE_CLIENT_SECRET') ?? '',
    scope: `https://management.localhost:${port}/.default`,
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const endpoint = `/${variables.get('AZURE_TENANT_ID') ?? ''}/oauth2/v2.0/token`
  const signIn = { method: 'POST', headers, body: form.toString() }
  const { access_token: token } = await ask(server, port, ['login.localhost', endpoint], signIn)
  const sent = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return (path: string, more: Sent = {}) =>
    ask(server, port, ['management.localhost', path], { headers: sent, ...more })
}

/** The audit entries of a vault as the store has them. */
function entriesOf(data: string, vault: string): readonly string[] {
  const database = new DatabaseSync(join(data, 'claviger.sqlite'), { readOnly: true })
  const rows = database.prepare('SELECT entry FROM audit ORDER BY sequence').all()
  database.close()
  return rows
    .map(({ entry }) => String(entry))
    .filter((entry) => JSON.parse(entry).resourceId === vault.toUpperCase())
}

async function linesOf(file: string, count: number): Promise<readonly string[]> {
  for (;;) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
    if (lines.length >= count) return lines
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a sink that was down while the server was killed has all of a vault’s audit in the end', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-sink-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'later', 'audit.jsonl')
  const settings = { CLAVIGER_AUDIT_SINKS: `archive=file:${file}` }
  const server = serverUnderTest(context, settings)
  const [first] = await server.lines('The server is ready.')
  assert.ok(first)
  const arm = await administratorOf(server, first.port)
  const { value: subscriptions } = await arm('/subscriptions?api-version=2022-12-01')
  const list = `${subscriptions[0].id}/providers/Microsoft.KeyVault/vaults?api-version=2026-02-01`
  const vault = String((await arm(list)).value[0].id)
  const place = `${vault}/providers/Microsoft.Insights/diagnosticSettings`
  const version = 'api-version=2021-05-01-preview'
  const group = `${subscriptions[0].id}/resourceGroups/g`
  const properties = {
    storageAccountId: `${group}/providers/Microsoft.Storage/storageAccounts/archive`,
    logs: [{ category: 'AuditEvent', enabled: true }],
  }
  const made = { method: 'PUT', body: JSON.stringify({ properties }) }
  await arm(`${place}/all?${version}`, made)
  for (let asked = 0; asked < 5; asked++) await arm(`${place}?${version}`)
  await server.lines('Audit entries cannot be brought to a sink; they wait, and it is tried again.')
  process.kill(first.pid, 'SIGKILL')
  await allGone([first.pid])
  mkdirSync(dirname(file))
  const [, second] = await server.lines('The server is ready.', 2)
  assert.ok(second)
  await linesOf(file, 6)
  const again = await administratorOf(server, second.port)
  await again(`${place}?${version}`)
  await linesOf(file, 7)
  server.supervisor.kill('SIGTERM')
  assert.equal(await server.exited, 0)

  const data = join(server.folder, 'claviger-data')
  const after = serverUnderTest(context, { ...settings, CLAVIGER_DATA_DIR: data })
  const [third] = await after.lines('The server is ready.')
  assert.ok(third)
  const later = await administratorOf(server, third.port)
  await later(`${place}?${version}`)
  const lines = await linesOf(file, 8)
  after.supervisor.kill('SIGTERM')
  assert.equal(await after.exited, 0)
  const entries = entriesOf(data, vault)
  const begin = entries.findIndex(
    (entry) => JSON.parse(entry).operationName === 'DiagnosticSettingSet',
  )
  assert.deepEqual(lines, entries.slice(begin))
})
