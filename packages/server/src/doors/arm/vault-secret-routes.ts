import { Secret, type SecretVersion, type VaultRecord } from '@claviger/vault'
import { azure } from '@claviger/wire'
import { listReply, pageOf } from './paging.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'
import { VAULT_TYPE, vaultUri } from './vault-body.ts'
import { containerOf } from './vault-key-routes.ts'
import { onVault } from './vault-of-path.ts'

const MAXIMUM_PAGE = 25
const VAULT =
  '/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.KeyVault/vaults/:vault'
const SECRET = `${VAULT}/secrets/:secret`

/** A secret as the resource manager shows it, which is without its value. */
function secretBody(request: ArmRequest, container: VaultRecord, secret: SecretVersion): object {
  const uri = `${vaultUri(request, container.name)}secrets/${secret.name}`
  return {
    id: `${container.resourceId}/secrets/${secret.name}`,
    name: secret.name,
    type: `${VAULT_TYPE}/secrets`,
    location: container.location,
    tags: secret.tags ?? {},
    properties: azure.omitUndefined({
      contentType: secret.contentType,
      attributes: azure.omitUndefined({
        enabled: secret.enabled,
        nbf: secret.notBefore,
        exp: secret.expires,
        created: secret.created,
        updated: secret.updated,
      }),
      secretUri: uri,
      secretUriWithVersion: `${uri}/${secret.version}`,
    }),
  }
}

interface SecretParameters {
  readonly value: Secret | undefined
  readonly given: ReturnType<typeof readProperties>
}

function readParameters(body: azure.JsonMembers): SecretParameters {
  const properties = body.object('properties') ?? new azure.JsonMembers({})
  const value = properties.string('value')
  return {
    value: value === undefined ? undefined : Secret.fromText(value),
    given: readProperties(body, properties),
  }
}

function readProperties(body: azure.JsonMembers, properties: azure.JsonMembers) {
  const attributes = properties.object('attributes')
  return azure.omitUndefined({
    contentType: properties.string('contentType'),
    enabled: attributes?.boolean('enabled'),
    notBefore: attributes?.integer('nbf'),
    expires: attributes?.integer('exp'),
    tags: body.stringMap('tags'),
  })
}

async function put(request: ArmRequest): Promise<ArmReply> {
  const { vault, call } = request
  const body = request.body()
  const { value, given } = readParameters(body)
  if (value === undefined) throw body.malformed('properties.value', 'it must be given')
  const made = await onVault(request, (name) =>
    vault.vaultSecrets.set(call, { secret: secretOf(request, name), value, ...given }),
  )
  return { status: 200, body: secretBody(request, await containerOf(request), made) }
}

async function patch(request: ArmRequest): Promise<ArmReply> {
  const { vault, call } = request
  const { value, given } = readParameters(request.body())
  const changed = await onVault(request, (name) =>
    vault.vaultSecrets.update(call, {
      secret: secretOf(request, name),
      ...given,
      ...(value === undefined ? {} : { value }),
    }),
  )
  return { status: 200, body: secretBody(request, await containerOf(request), changed) }
}

async function get(request: ArmRequest): Promise<ArmReply> {
  const { vault, call } = request
  const found = await onVault(request, (name) =>
    vault.vaultSecrets.get(call, { secret: secretOf(request, name) }),
  )
  return { status: 200, body: secretBody(request, await containerOf(request), found) }
}

async function list(request: ArmRequest): Promise<ArmReply> {
  const { vault, call } = request
  const page = pageOf(request, MAXIMUM_PAGE)
  const { items, next } = await onVault(request, (name) =>
    vault.vaultSecrets.list(call, { vault: name, ...page }),
  )
  const container = await containerOf(request)
  return listReply(request, items.map((secret) => secretBody(request, container, secret)), next)
}

function secretOf({ params }: ArmRequest, vault: string): { readonly vault: string; readonly name: string } {
  return { vault, name: params['secret'] ?? '' }
}

/** Secrets as resources: they can be set and described, and their values are never shown. */
export const VAULT_SECRET_ROUTES: readonly ArmRoute[] = [
  { method: 'PUT', path: SECRET, operations: ['vaultSecrets/set'], answer: put },
  { method: 'PATCH', path: SECRET, operations: ['vaultSecrets/update'], answer: patch },
  { method: 'GET', path: SECRET, operations: ['vaultSecrets/get'], answer: get },
  { method: 'GET', path: `${VAULT}/secrets`, operations: ['vaultSecrets/list'], answer: list },
]
