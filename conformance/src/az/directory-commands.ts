import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Az } from './az.ts'
import { equals, has, hasNot, hasOnly, member } from './expected-output.ts'

const ISSUER = 'https://issuer.example'

/** Users, groups, applications and their credentials, as `az ad` manages them. */
export async function checkDirectoryCommands(az: Az): Promise<void> {
  const user = await checkUsers(az)
  await checkGroups(az, user)
  const client = await checkApplications(az)
  await checkSecrets(az, client)
  await checkFederation(az, client)
  await checkServicePrincipals(az, client)
  await az.gives(['ad', 'app', 'delete', '--id', client])
  await az.refuses(['ad', 'app', 'show', '--id', client], NOT_FOUND)
  await az.gives(['ad', 'user', 'delete', '--id', user])
  await az.refuses(['ad', 'user', 'show', '--id', user], NOT_FOUND)
  // The administrator is an application, and nobody in particular.
  await az.refuses(['ad', 'signed-in-user', 'show'], /delegated authentication flow/)
}

const NOT_FOUND = /does not exist|not found|Request_ResourceNotFound/i
const UPN = 'alice@example.com'

/** @returns the object id of one that is left. */
async function checkUsers(az: Az): Promise<string> {
  const password = `Az-${randomUUID()}`
  az.server.plant('a password of a user', password)
  const create = ['ad', 'user', 'create', '--display-name', 'Alice', '--password', password]
  const made = await az.gives([...create, '--user-principal-name', UPN], {
    displayName: 'Alice',
    userPrincipalName: UPN,
  })
  const id = member(made, 'id')
  await az.refuses([...create, '--user-principal-name', UPN.toUpperCase()],
    /userPrincipalName already exists/)
  await az.gives(['ad', 'user', 'show', '--id', UPN], { id })
  await az.gives(['ad', 'user', 'list', '--upn', UPN], hasOnly('id', id))
  await az.gives(['ad', 'user', 'list', '--display-name', 'Ali'], has('id', id))
  await az.gives(['ad', 'user', 'update', '--id', id, '--display-name', 'Alice Smith'])
  await az.gives(['ad', 'user', 'show', '--id', id], { displayName: 'Alice Smith' })
  return id
}

async function checkGroups(az: Az, user: string): Promise<void> {
  const name = 'az-people'
  const create = ['ad', 'group', 'create', '--display-name', name, '--mail-nickname', name]
  const id = member(await az.gives(create, { displayName: name, securityEnabled: true }), 'id')
  const inGroup = ['--group', id, '--member-id', user]
  await az.gives(['ad', 'group', 'show', '--group', 'az-people'], { id })
  await az.gives(['ad', 'group', 'list', '--display-name', 'az-people'], hasOnly('id', id))
  await az.gives(['ad', 'group', 'member', 'add', ...inGroup])
  await az.refuses(['ad', 'group', 'member', 'add', ...inGroup], /already exist/)
  await az.gives(['ad', 'group', 'member', 'check', ...inGroup], { value: true })
  await az.gives(['ad', 'group', 'member', 'list', '--group', id], hasOnly('id', user))
  await az.gives(['ad', 'user', 'get-member-groups', '--id', user], has('id', id))
  await az.gives(['ad', 'group', 'member', 'remove', ...inGroup])
  await az.gives(['ad', 'group', 'member', 'check', ...inGroup], { value: false })
  await az.gives(['ad', 'group', 'delete', '--group', id])
  await az.refuses(['ad', 'group', 'show', '--group', id], NOT_FOUND)
}

/** @returns the client id of one that is left. */
async function checkApplications(az: Az): Promise<string> {
  const made = await az.gives(['ad', 'app', 'create', '--display-name', 'az-app'], {
    displayName: 'az-app',
  })
  const client = member(made, 'appId')
  await az.gives(['ad', 'app', 'show', '--id', client], { id: member(made, 'id') })
  await az.gives(['ad', 'app', 'list', '--display-name', 'az-app'], hasOnly('appId', client))
  const uri = `api://${client}`
  await az.gives(['ad', 'app', 'update', '--id', client, '--identifier-uris', uri])
  await az.gives(['ad', 'app', 'show', '--id', uri], { appId: client, identifierUris: [uri] })
  await az.gives(
    ['ad', 'app', 'update', '--id', client, '--public-client-redirect-uris', 'http://localhost'],
  )
  await az.gives(['ad', 'app', 'show', '--id', client], {
    publicClient: { redirectUris: ['http://localhost'] },
  })
  return client
}

async function checkSecrets(az: Az, client: string): Promise<void> {
  const credential = (verb: string, ...more: readonly string[]): readonly string[] =>
    ['ad', 'app', 'credential', verb, '--id', client, ...more]
  const resets = [['--display-name', 'first'], ['--append', '--display-name', 'second']]
  for (const more of resets) {
    const made = await az.gives(credential('reset', ...more))
    await az.plant('a secret of an application', member(made, 'password'))
  }
  const listed = await az.gives(credential('list'), has('displayName', 'first', 'second'))
  const [first] = Array.isArray(listed) ? listed : []
  const key = member(first, 'keyId')
  await az.gives(credential('delete', '--key-id', key))
  await az.gives(credential('list'), hasNot('keyId', key))
  await az.refuses(credential('delete', '--key-id', randomUUID()), NOT_FOUND)
}

async function checkFederation(az: Az, client: string): Promise<void> {
  const federated = (verb: string, ...more: readonly string[]): readonly string[] =>
    ['ad', 'app', 'federated-credential', verb, '--id', client, ...more]
  const trust = {
    name: 'az-trust',
    issuer: ISSUER,
    subject: 'system:serviceaccount:default:az',
    audiences: ['api://AzureADTokenExchange'],
  }
  const named = ['--federated-credential-id', 'az-trust'] as const
  await az.gives(federated('create', '--parameters', JSON.stringify(trust)), trust)
  await az.gives(federated('list'), [trust])
  const changed = { ...trust, subject: 'system:serviceaccount:default:other' }
  await az.gives(federated('update', ...named, '--parameters', JSON.stringify(changed)))
  await az.gives(federated('show', ...named), changed)
  await az.gives(federated('delete', ...named))
  await az.gives(federated('list'), equals([]))
}

async function checkServicePrincipals(az: Az, client: string): Promise<void> {
  const made = await az.gives(['ad', 'sp', 'create', '--id', client], { appId: client })
  const id = member(made, 'id')
  await az.refuses(['ad', 'sp', 'create', '--id', client], /already (in use|exists)/)
  await az.gives(['ad', 'sp', 'show', '--id', client], { id })
  await az.gives(['ad', 'sp', 'list', '--display-name', 'az-app'], hasOnly('id', id))
  await az.gives(['ad', 'sp', 'list', '--all'], has('appId', client))
  await az.gives(['ad', 'sp', 'credential', 'list', '--id', client], (output) => {
    assert.ok(Array.isArray(output))
  })
  await az.gives(['ad', 'sp', 'delete', '--id', client])
  await az.refuses(['ad', 'sp', 'show', '--id', client], NOT_FOUND)
}
