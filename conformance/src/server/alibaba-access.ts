import type { SuiteRun } from '../runner/suite-run.ts'
import { admin } from './admin.ts'
import { textOf } from './json.ts'
import type { TestServer } from './test-server.ts'

/** What a program of Alibaba Cloud KMS is told, as `connect.env` has it. */
export type AlibabaVariables = Readonly<Record<string, string>>

const REGION = 'cn-hangzhou'
const USER = 'conformance'

/** What the user may do: all that these wires offer, and the instances besides. */
const ROLES = ['Key Vault Administrator', 'Access Point Administrator', 'Key Vault Contributor']

/** The host of the shared gateway, with its port. */
export function sharedEndpoint({ place }: TestServer, region = REGION): string {
  return `kms.${region}.${place.domain}:${place.port}`
}

/**
 * Makes a user with an access key and gives the variables by which programs find both.
 * @throws Error with what the admin command said when it failed.
 */
export async function alibabaAccess(run: SuiteRun, server: TestServer): Promise<AlibabaVariables> {
  await admin(run, server, ['user', 'create', USER])
  for (const role of ROLES) {
    const whom = ['--role', role, '--assignee', USER, '--scope', '/']
    await admin(run, server, ['role-assignment', 'create', ...whom])
  }
  const { accessKeyId, secret } = await makeAccessKey(run, server, USER)
  return {
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
    ALIBABA_CLOUD_REGION_ID: REGION,
    ALIBABA_CLOUD_KMS_ENDPOINT: sharedEndpoint(server),
  }
}

/** An access key of somebody who is there. Its secret must be readable nowhere. */
export async function makeAccessKey(
  run: SuiteRun,
  server: TestServer,
  principal: string,
): Promise<{ readonly accessKeyId: string; readonly secret: string; readonly id: string }> {
  const made = await admin(run, server, ['credential', 'access-key', 'add', principal])
  const secret = textOf(made, 'secret')
  server.plant('the secret of an access key', secret)
  return { accessKeyId: textOf(made, 'accessKeyId'), secret, id: textOf(made, 'id') }
}
