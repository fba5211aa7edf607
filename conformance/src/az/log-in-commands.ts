import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { addFederation } from '../suites/sign-in-application.ts'
import { tenantOf } from '../server/tenant-of.ts'
import type { Az } from './az.ts'
import { equals, has, member } from './expected-output.ts'
import { logInByCredentials, pointAtServer } from './log-in.ts'

const ROLE = 'Reader'

/** Every way in which `az login` signs a program in. */
export async function checkLogInCommands(az: Az): Promise<void> {
  const account = await az.gives(['account', 'show'])
  const scope = `/subscriptions/${member(account, 'id')}`
  const tenant = await tenantOf(az.server)
  await checkSecret(az, scope, tenant)
  await checkCertificate(az, scope, tenant)
  await checkFederatedToken(az, scope, tenant)
  await checkManagedIdentity(az, scope)
}

async function checkSecret(az: Az, scope: string, tenant: string): Promise<void> {
  const made = await az.gives(
    ['ad', 'sp', 'create-for-rbac', '--name', 'az-secret', '--role', ROLE, '--scopes', scope],
    { displayName: 'az-secret', tenant },
  )
  const client = member(made, 'appId')
  await az.plant('a secret that az has made', member(made, 'password'))
  const other = az.beside('secret')
  await pointAtServer(other)
  const wrong = { appId: client, password: randomBytes(20).toString('base64url'), tenant }
  const bad = (password: string, user = client): readonly string[] => [
    'login', '--service-principal', '--username', user, '--password', password, '--tenant', tenant,
  ]
  await other.refuses(bad(wrong.password), /AADSTS7000215/)
  // Which of the two is wrong is for the administrator to read.
  await other.refuses(bad(wrong.password, '00000000-0000-4000-8000-000000000000'), /AADSTS7000215/)
  await logInByCredentials(other, made)
  await other.gives(['group', 'list'])
  await other.refuses(['group', 'create', '--name', 'az-forbidden', '--location', 'eastus'],
    /\(AuthorizationFailed\)/)
  await other.gives(['logout'])
  await other.refuses(['group', 'list'], /az login/)
  // A secret that was taken away signs nobody in.
  const credentials = await az.gives(['ad', 'app', 'credential', 'list', '--id', client])
  const [credential] = Array.isArray(credentials) ? credentials : []
  const key = member(credential, 'keyId')
  await az.gives(['ad', 'app', 'credential', 'delete', '--id', client, '--key-id', key])
  const again = az.beside('secret-again')
  await pointAtServer(again)
  await again.refuses(bad(member(made, 'password')), /AADSTS7000215/)
}

async function checkCertificate(az: Az, scope: string, tenant: string): Promise<void> {
  const made = await az.gives(
    [
      'ad', 'sp', 'create-for-rbac', '--name', 'az-certificate', '--create-cert',
      '--role', ROLE, '--scopes', scope,
    ],
    { tenant },
  )
  const file = member(made, 'fileWithCertAndPrivateKey')
  const other = az.beside('certificate')
  await pointAtServer(other)
  const by = (certificate: string): readonly string[] => [
    'login', '--service-principal', '--username', member(made, 'appId'),
    '--certificate', certificate, '--tenant', tenant,
  ]
  await other.gives(by(file), [{ tenantId: tenant }])
  await other.gives(['group', 'list'])
  const foreign = await az.gives(
    ['ad', 'sp', 'create-for-rbac', '--name', 'az-foreign', '--create-cert'],
  )
  const stranger = az.beside('stranger')
  await pointAtServer(stranger)
  await stranger.refuses(by(member(foreign, 'fileWithCertAndPrivateKey')), /AADSTS7000\d+/)
}

async function checkFederatedToken(az: Az, scope: string, tenant: string): Promise<void> {
  const made = await az.gives(
    [
      'ad', 'sp', 'create-for-rbac', '--name', 'az-federated', '--create-password', 'false',
      '--role', ROLE, '--scopes', scope,
    ],
    { tenant },
  )
  const clientId = member(made, 'appId')
  const file = await az.run.step('the application trusts a federated subject', () =>
    addFederation(az.run, az.server, { clientId }),
  )
  if (file === undefined) return
  const other = az.beside('federated')
  await pointAtServer(other)
  const by = (token: string): readonly string[] => [
    'login', '--service-principal', '--username', clientId, '--federated-token', token,
    '--tenant', tenant,
  ]
  await other.refuses(by(await other.server.token()), /AADSTS/)
  await other.gives(by(readFileSync(file, 'utf8')), [{ tenantId: tenant }])
  await other.gives(['group', 'list'])
}

/** The identity of `connect.env`, which finds the endpoint by the variables it has there. */
async function checkManagedIdentity(az: Az, scope: string): Promise<void> {
  const other = az.beside('identity')
  await pointAtServer(other)
  // It administers one vault, by which it sees the subscription, and not what else is there.
  const account = { state: 'Enabled', user: { assignedIdentityInfo: 'MSI' } }
  await other.gives(['login', '--identity'], [account])
  await other.gives(['keyvault', 'secret', 'list', '--vault-name', 'default'], equals([]))
  await other.refuses(['group', 'create', '--name', 'az-forbidden', '--location', 'eastus'],
    /\(AuthorizationFailed\)/)
  const [, payload = ''] = (await az.server.token()).split('.')
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  const assignee = ['--assignee-object-id', member(claims, 'oid'), '--assignee-principal-type',
    'ServicePrincipal']
  await az.gives(['role', 'assignment', 'create', ...assignee, '--role', ROLE, '--scope', scope])
  await other.gives(['group', 'list'], has('name', 'default'))
  const token = await other.gives(['account', 'get-access-token'])
  await az.plant('an access token', member(token, 'accessToken').slice(-40))
}
