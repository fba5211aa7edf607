import assert from 'node:assert/strict'
import type { TestServer } from '../server/test-server.ts'
import { tenantOf } from '../server/tenant-of.ts'
import type { Az, AzOutput } from './az.ts'
import { member } from './expected-output.ts'

/** The cloud that az is told of. */
export const CLOUD = 'Claviger'

/** What the banner says of az begins with this, and ends before the next of its kind. */
const BANNER_OF_AZ = /^# az, .*\n((?:[^#].*\n)+)/m

/** Points an az at the server and logs it in, with the lines of the banner as they stand. */
export async function followBanner(az: Az): Promise<void> {
  await az.run.step("the banner's lines point az at the server and log it in", async () => {
    const [, script] = BANNER_OF_AZ.exec(az.server.started.banner()) ?? []
    assert.ok(script !== undefined, 'The banner says nothing of az.')
    const { code, errors } = await az.shell(script)
    assert.equal(code, 0, errors)
  })
  await az.gives(['account', 'show'], { environmentName: CLOUD, state: 'Enabled' })
}

/** Takes it back, as the banner says. */
export async function leaveServer(az: Az): Promise<void> {
  await az.gives(['logout'])
  await az.gives(['cloud', 'set', '--name', 'AzureCloud'])
  await az.refuses(['account', 'show'], /az login/)
}

/** Points an az at the server, without logging it in. */
export async function pointAtServer(az: Az): Promise<void> {
  const manager = `https://management.${hostAndPort(az.server)}`
  await az.gives(['config', 'set', 'core.instance_discovery=false'])
  await az.gives(['cloud', 'register', '--name', CLOUD, '--endpoint-resource-manager', manager])
  await az.gives(['cloud', 'set', '--name', CLOUD])
}

/** The domain of a server, with its port where clients have to name one. */
export function hostAndPort({ place }: TestServer): string {
  return place.port === 443 ? place.domain : `${place.domain}:${place.port}`
}

/** Logs an az in as the administrator application that the server started with. */
export async function logInAsAdministrator(az: Az): Promise<void> {
  const { AZURE_CLIENT_ID: client = '', AZURE_CLIENT_SECRET: secret = '' } = az.server.variables(
    'connect-service-principal.env',
  )
  const tenant = await tenantOf(az.server)
  await az.gives(
    [
      'login', '--service-principal', '--username', client, '--password', secret,
      '--tenant', tenant,
    ],
    [{ state: 'Enabled', tenantId: tenant, user: { name: client, type: 'servicePrincipal' } }],
  )
}

/** Logs an az in with what `az ad sp create-for-rbac` has written. */
export async function logInByCredentials(
  az: Az,
  made: AzOutput,
  more: readonly string[] = [],
): Promise<void> {
  const [client, secret, tenant] = ['appId', 'password', 'tenant'].map((name) => member(made, name))
  await az.gives(
    [
      'login', '--service-principal', '--username', client ?? '', '--password', secret ?? '',
      '--tenant', tenant ?? '', ...more,
    ],
    [{ tenantId: tenant, user: { name: client } }],
  )
}
