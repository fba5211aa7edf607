import type { SuiteRun } from '../runner/suite-run.ts'
import { admin, adminJson } from './admin.ts'
import { objectOf, textOf } from './json.ts'
import type { Signer } from './raw-kms.ts'
import type { TestServer } from './test-server.ts'

/** What the access key of `connect.env` signs with. */
export function connectSigner(server: TestServer): Signer {
  const {
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId = '',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret = '',
  } = server.variables('connect.env')
  return { accessKeyId, secret }
}

/** The object id of the user whose access key `connect.env` has. */
export async function connectUser(run: SuiteRun, server: TestServer): Promise<string> {
  const listed = await adminJson(run, server, ['user', 'list'])
  const users = Array.isArray(listed) ? listed.map(objectOf) : []
  const user = users.find((one) => textOf(one, 'displayName') === 'default')
  return user === undefined ? '' : textOf(user, 'id')
}

/** Gives somebody a role. @throws Error with what the admin command said when it failed. */
export async function giveRole(
  run: SuiteRun,
  server: TestServer,
  role: string,
  assignee: string,
  scope = '/',
): Promise<void> {
  const given = ['--role', role, '--assignee', assignee, '--scope', scope]
  await admin(run, server, ['role-assignment', 'create', ...given])
}

/** An access key of somebody who is there. Its secret must be readable nowhere. */
export async function makeAccessKey(
  run: SuiteRun,
  server: TestServer,
  principal: string,
): Promise<Signer & { readonly id: string }> {
  const made = await admin(run, server, ['credential', 'access-key', 'add', principal])
  const secret = textOf(made, 'secret')
  server.plant('the secret of an access key', secret)
  return { accessKeyId: textOf(made, 'accessKeyId'), secret, id: textOf(made, 'id') }
}
