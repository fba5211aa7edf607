import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { admin } from '../server/admin.ts'
import { HttpsClient } from '../server/https-client.ts'
import { objectOf, textOf } from '../server/json.ts'
import {
  applicationToken,
  type ApplicationSignIn,
  type Manager,
  managerClient,
} from '../server/manager.ts'
import { caFile } from '../server/start-server.ts'
import { TestServer } from '../server/test-server.ts'

const WORKERS = 4
/** Connections at a time, each new: enough that every worker is asked in each round. */
const CONNECTIONS = 24
const ROUNDS = 5
const SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6'
const VAULT_VERSION = '2023-07-01'

/** What changes of access mean to the other workers, and tenants to each other. */
export const tenantsAndWorkers: Suite = {
  name: 'tenants-and-workers',
  what: 'a role holds on every worker from its answer on; nothing crosses from tenant to tenant',
  budgetSeconds: 180,
  async run(run) {
    const server = await TestServer.start(run, { settings: { CLAVIGER_WORKERS: String(WORKERS) } })
    const manager = await run.step('the administrator signs in', () => managerClient(server))
    if (manager === undefined) return
    await checkWorkers(run, server, manager)
    await checkTenants(run, server, manager)
    manager.close()
  },
}

async function checkWorkers(run: SuiteRun, server: TestServer, manager: Manager): Promise<void> {
  const made = await run.step('an application without any role is made', async () => {
    const { id, appId } = await admin(run, server, ['app', 'create', 'reader'])
    const { secret } = await admin(run, server, ['app', 'secret', 'add', 'reader'])
    const application: ApplicationSignIn = {
      tenant: manager.tenant,
      clientId: String(appId),
      clientSecret: String(secret),
    }
    server.plant('the secret of an application', application.clientSecret)
    const token = await applicationToken(server, application, resourceOf(server, 'vault'))
    const stored = await server.client(1).send('PUT', '/secrets/seen?api-version=7.4', {
      token: await server.token(),
      body: { value: server.canary },
    })
    assert.equal(stored.status, 200)
    return { principal: String(id), token }
  })
  if (made === undefined) return
  const scope =
    `/subscriptions/${manager.subscription}/resourceGroups/default` +
    '/providers/Microsoft.KeyVault/vaults/default'
  for (let round = 1; round <= ROUNDS; round++) {
    const path = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`
    await run.step(`round ${round}: a role that was given is there on every worker`, async () => {
      const { status, body } = await manager.send('PUT', path, {
        body: {
          properties: {
            roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${SECRETS_USER}`,
            principalId: made.principal,
          },
        },
      }, '2022-04-01')
      assert.equal(status, 201, body)
      assert.deepEqual(await statuses(server, made.token), [200])
    })
    await run.step(`round ${round}: a role that was taken is gone on every worker`, async () => {
      const { status, body } = await manager.send('DELETE', path, {}, '2022-04-01')
      assert.equal(status, 200, body)
      assert.deepEqual(await statuses(server, made.token), [403])
    })
  }
}

/** The different statuses of one read, asked over many new connections at once. */
async function statuses(server: TestServer, token: string): Promise<readonly number[]> {
  const answers = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const client = server.client(1)
      const { status } = await client.send('GET', '/secrets/seen?api-version=7.4', { token })
      client.close()
      return status
    }),
  )
  return [...new Set(answers)]
}

async function checkTenants(run: SuiteRun, server: TestServer, first: Manager): Promise<void> {
  const other = await run.step('a second tenant is made and its administrator signs in', async () => {
    const made = await admin(run, server, ['tenant', 'create', 'contoso'])
    const application: ApplicationSignIn = {
      tenant: textOf(made, 'id'),
      clientId: textOf(made, 'appId'),
      clientSecret: textOf(made, 'secret'),
    }
    server.plant('the secret of the second administrator', application.clientSecret)
    const manager = await managerClient(server, application)
    assert.notEqual(manager.subscription, first.subscription)
    return { manager, application }
  })
  if (other === undefined) return
  const { manager, application } = other
  const vaults = (of: Manager): string =>
    `/subscriptions/${of.subscription}/resourceGroups/default/providers/Microsoft.KeyVault/vaults`
  const properties = {
    tenantId: manager.tenant,
    sku: { family: 'A', name: 'standard' },
    enableRbacAuthorization: true,
  }
  await run.step('a vault of it is served under its own name at once', async () => {
    const body = { location: 'local', properties }
    const answer = await manager.send('PUT', `${vaults(manager)}/contoso1`, { body }, VAULT_VERSION)
    assert.ok([200, 201].includes(answer.status), answer.body)
    const token = await applicationToken(server, application, resourceOf(server, 'vault'))
    const client = vaultClient(server, 'contoso1')
    const challenge = await client.send('GET', '/secrets?api-version=7.4')
    assert.match(challenge.headers['www-authenticate'] ?? '', new RegExp(`/${manager.tenant}"`))
    const put = await client.send('PUT', '/secrets/own?api-version=7.4', { token, body: { value: 'v' } })
    assert.equal(put.status, 200, put.body)
    client.close()
  })
  await run.step('neither tenant sees or takes what is of the other', async () => {
    const token = await applicationToken(server, application, resourceOf(server, 'vault'))
    const atFirst = vaultClient(server, 'default')
    assert.equal((await atFirst.send('GET', '/secrets?api-version=7.4', { token })).status, 401)
    atFirst.close()
    const atSecond = vaultClient(server, 'contoso1')
    const ofFirst = await server.token()
    assert.equal((await atSecond.send('GET', '/secrets?api-version=7.4', { token: ofFirst })).status, 401)
    atSecond.close()
    for (const [asking, asked] of [[first, manager], [manager, first]] as const) {
      const { status, body } = await asking.send('GET', vaults(asked), {}, VAULT_VERSION)
      assert.equal(status, 404)
      assert.match(body, /SubscriptionNotFound/)
    }
    const listed = await first.send('GET', vaults(first), {}, VAULT_VERSION)
    assert.doesNotMatch(listed.body, /contoso1/)
  })
  await run.step('a name is taken on the whole server', async () => {
    const body = { location: 'local', properties: { ...properties, tenantId: first.tenant } }
    const answer = await first.send('PUT', `${vaults(first)}/contoso1`, { body }, VAULT_VERSION)
    assert.equal(answer.status, 409, answer.body)
    assert.equal(textOf(objectOf(objectOf(JSON.parse(answer.body))['error']), 'code'), 'VaultAlreadyExists')
  })
  manager.close()
}

function resourceOf({ place }: TestServer, service: string): string {
  return `https://${service}.${place.domain}${place.port === 443 ? '' : `:${place.port}`}`
}

function vaultClient({ place }: TestServer, vault: string): HttpsClient {
  const ca = readFileSync(caFile(place), 'utf8')
  const host = `${vault}.vault.${place.domain}`
  return new HttpsClient({ host, port: place.port, ca, connections: 1 })
}
