import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { tenantOf } from '../server/tenant-of.ts'
import { TestServer } from '../server/test-server.ts'
import {
  addCertificate,
  addFederation,
  type Application,
  newApplication,
} from './sign-in-application.ts'
import { signInEverywhere, type SignInWay } from './sign-in-everywhere.ts'

/** Unsets what connect.env says of the managed identity, so that no other way can help. */
const NO_IDENTITY = { IDENTITY_ENDPOINT: '', IDENTITY_HEADER: '' }

/** Every way of signing in that DefaultAzureCredential() takes from the environment. */
export const signIn: Suite = {
  name: 'sign-in',
  what: 'DefaultAzureCredential() and our DefaultCredential(), by every way the environment can say',
  budgetSeconds: 240,
  async run(run) {
    await ownAuthority(run)
    await publicAuthority(run)
  },
}

/** The ways that need nothing but connect.env and the server's own login host. */
async function ownAuthority(run: SuiteRun): Promise<void> {
  const server = await TestServer.start(run, { settings: { CLAVIGER_IMDS: 'on' } })
  const { identityPort, port } = server.place
  const authority = { AZURE_AUTHORITY_HOST: `https://login.localhost:${port}` }
  const ways: SignInWay[] = [
    { name: 'App Service', sourced: ['connect.env'], variables: {} },
    {
      name: 'IMDS',
      sourced: ['connect.env'],
      variables: {
        ...NO_IDENTITY,
        AZURE_POD_IDENTITY_AUTHORITY_HOST: `http://127.0.0.1:${identityPort}`,
      },
    },
    {
      name: 'client secret, tenant adfs',
      sourced: ['connect.env', 'connect-service-principal.env'],
      variables: NO_IDENTITY,
    },
  ]
  const application = await run.step('an application is created', () => newApplication(run, server))
  if (application !== undefined) {
    ways.push(...(await certificateWays(run, server, application, authority, 'adfs')))
    ways.push(...(await workloadWays(run, server, application, authority)))
  }
  await signInEverywhere(run, server, ways)
  await server.finish()
}

/** The ways by which clients insist on login.microsoftonline.com; here it leads to the server. */
async function publicAuthority(run: SuiteRun): Promise<void> {
  const settings = { CLAVIGER_LOGIN_HOSTS: 'login.microsoftonline.com' }
  const server = await TestServer.start(run, { port: 443, settings })
  const tenant = await tenantOf(server)
  const guid = {
    sourced: ['connect.env', 'connect-service-principal.env'],
    variables: { ...NO_IDENTITY, AZURE_TENANT_ID: tenant },
  }
  const publicHost = { AZURE_AUTHORITY_HOST: '' }
  const ways: SignInWay[] = [
    {
      name: 'client secret, tenant GUID, login.microsoftonline.com',
      sourced: guid.sourced,
      variables: { ...guid.variables, ...publicHost },
    },
    { name: 'client secret, tenant GUID, own authority', ...guid },
  ]
  const application = await run.step('an application is created', () => newApplication(run, server))
  if (application !== undefined) {
    ways.push(...(await certificateWays(run, server, application, publicHost, tenant)))
  }
  await signInEverywhere(run, server, ways)
  await server.finish()
}

async function certificateWays(
  run: SuiteRun,
  server: TestServer,
  application: Application,
  authority: Readonly<Record<string, string>>,
  tenant: string,
): Promise<SignInWay[]> {
  const file = await run.step('the application gets a certificate', () =>
    addCertificate(run, server, application),
  )
  if (file === undefined) return []
  const variables = {
    ...NO_IDENTITY,
    ...authority,
    AZURE_TENANT_ID: tenant,
    AZURE_CLIENT_ID: application.clientId,
    AZURE_CLIENT_CERTIFICATE_PATH: file,
  }
  const what = tenant === 'adfs' ? 'tenant adfs' : 'tenant GUID, login.microsoftonline.com'
  return [{ name: `client certificate, ${what}`, sourced: ['connect.env'], variables }]
}

async function workloadWays(
  run: SuiteRun,
  server: TestServer,
  application: Application,
  authority: Readonly<Record<string, string>>,
): Promise<SignInWay[]> {
  const file = await run.step('the application trusts a federated subject', () =>
    addFederation(run, server, application),
  )
  if (file === undefined) return []
  const variables = {
    ...NO_IDENTITY,
    ...authority,
    AZURE_TENANT_ID: await tenantOf(server),
    AZURE_CLIENT_ID: application.clientId,
    AZURE_FEDERATED_TOKEN_FILE: file,
  }
  return [{ name: 'workload identity, tenant GUID', sourced: ['connect.env'], variables }]
}
