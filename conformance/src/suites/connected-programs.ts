import { countChecks } from '../runner/count-checks.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { writeConnectLines } from '../server/connect-lines.ts'
import { ALIBABA, CLIENT_SECRET, IDENTITY, picked } from '../server/picked-variables.ts'
import { runClient } from '../server/run-client.ts'
import { tenantOf } from '../server/tenant-of.ts'
import { TestServer } from '../server/test-server.ts'

/** Programs of one language, with the SDKs of both clouds. */
export interface ConnectedPrograms {
  /** What `claviger connect` calls it. */
  readonly language: string
  /** The program with Azure's SDKs. */
  azure(flavour: string): readonly string[]
  /** The program with those of Alibaba Cloud. */
  readonly alibaba: readonly string[]
  /** Whether the SDK also is to show that it takes no tenant `adfs`. */
  readonly showsAdfs: boolean
}

/** Runs them with what `claviger connect` says, and a credential; with nothing else. */
export async function runConnectedPrograms(
  run: SuiteRun,
  programs: ConnectedPrograms,
): Promise<void> {
  const { language } = programs
  const server = await TestServer.start(run)
  const identity = picked(server, 'connect.env', IDENTITY)
  const secret = picked(server, 'connect-service-principal.env', CLIENT_SECRET)
  const lines = await writeConnectLines(run, server, language)
  const runAzure = async (
    sourced: string,
    flavour: string,
    variables: Readonly<Record<string, string>>,
    of = server,
  ): Promise<void> => {
    const told = { ...variables, CANARY: of.canary }
    const options = { sourced: [sourced], variables: told }
    const result = await runClient(run, programs.azure(flavour), options)
    countChecks(run, `${of.place.domain}: ${flavour}`, result)
  }
  await runAzure(lines, 'objects', identity)
  if (programs.showsAdfs) await runAzure(lines, 'adfs', { ...secret, AZURE_TENANT_ID: 'adfs' })
  const ofTenant = await writeConnectLines(run, server, language, await tenantOf(server))
  await runAzure(ofTenant, 'sign-in-elsewhere', secret)
  const gateways = { ...picked(server, 'connect.env', ALIBABA), CANARY: server.canary }
  const result = await runClient(run, programs.alibaba, { sourced: [lines], variables: gateways })
  countChecks(run, 'Alibaba Cloud', result)
  await server.finish()
  // Where the cloud's own names lead to the server, a client secret needs no option.
  const settings = { CLAVIGER_LOGIN_HOSTS: 'login.microsoftonline.com' }
  const cloud = await TestServer.start(run, { domain: 'azure.net', port: 443, settings })
  const ofCloud = await writeConnectLines(run, cloud, language, await tenantOf(cloud))
  const own = picked(cloud, 'connect-service-principal.env', CLIENT_SECRET)
  await runAzure(ofCloud, 'sign-in', own, cloud)
}
