import type { KeyVersion, VaultRecord } from '@claviger/vault'
import { azure } from '@claviger/wire'
import { curveName, curveOf } from '../../rest/curve-names.ts'
import { recoveryLevel } from '../../rest/recovery-level.ts'
import { listReply, pageOf } from './paging.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'
import { VAULT_TYPE, vaultUri } from './vault-body.ts'
import { knownVault, onVault } from './vault-of-path.ts'

const MAXIMUM_PAGE = 25
const VAULT =
  '/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.KeyVault/vaults/:vault'
const KEY = `${VAULT}/keys/:key`

/** A key as the resource manager shows it; `version` is part of its id where one was asked for. */
function keyBody(
  request: ArmRequest,
  container: VaultRecord,
  key: KeyVersion,
  version?: string,
): object {
  const { spec, hsm, tags = {} } = key
  const id = `${container.resourceId}/keys/${key.name}`
  const uri = `${vaultUri(request, container.name)}keys/${key.name}`
  return {
    id: version === undefined ? id : `${id}/versions/${version}`,
    name: version ?? key.name,
    type: version === undefined ? `${VAULT_TYPE}/keys` : `${VAULT_TYPE}/keys/versions`,
    location: container.location,
    tags,
    properties: azure.omitUndefined({
      attributes: azure.omitUndefined({
        enabled: key.enabled,
        nbf: key.notBefore,
        exp: key.expires,
        created: key.created,
        updated: key.updated,
        recoveryLevel: recoveryLevel(container),
        exportable: false,
      }),
      kty: hsm ? `${spec.type}-HSM` : spec.type,
      keyOps: key.keyOperations,
      keySize: spec.type === 'RSA' ? spec.bits : undefined,
      curveName: 'curve' in spec ? curveName(spec.curve) : undefined,
      keyUri: uri,
      keyUriWithVersion: `${uri}/${key.version}`,
    }),
  }
}

async function put(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, params } = request
  const body = request.body()
  const properties = body.requiredObject('properties')
  const attributes = properties.object('attributes')
  const bits = properties.integer('keySize')
  const curve = properties.string('curveName')
  const given = azure.omitUndefined({
    bits,
    curve: curve === undefined ? undefined : curveOf(curve),
    keyOperations: properties.strings('keyOps'),
    enabled: attributes?.boolean('enabled'),
    notBefore: attributes?.integer('nbf'),
    expires: attributes?.integer('exp'),
    exportable: attributes?.boolean('exportable'),
    tags: body.stringMap('tags'),
  })
  const type = azure.keyTypeOf(properties.requiredString('kty'))
  const made = await onVault(request, async (name) => {
    const key = { vault: name, name: params['key'] ?? '' }
    return (await vault.vaultKeys.create(call, { key, ...type, ...given })).key
  })
  return { status: 200, body: keyBody(request, await containerOf(request), made) }
}

async function get(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, params } = request
  const { key: name = '', version } = params
  const found = await onVault(request, (container) =>
    vault.vaultKeys.get(call, {
      key: { vault: container, name, ...(version === undefined ? {} : { version }) },
    }),
  )
  return { status: 200, body: keyBody(request, await containerOf(request), found, version) }
}

async function list(request: ArmRequest): Promise<ArmReply> {
  const { vault, call } = request
  const page = pageOf(request, MAXIMUM_PAGE)
  const { items, next } = await onVault(request, (name) =>
    vault.vaultKeys.list(call, { vault: name, ...page }),
  )
  const container = await containerOf(request)
  return listReply(request, items.map((key) => keyBody(request, container, key)), next)
}

async function listVersions(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, params } = request
  const page = pageOf(request, MAXIMUM_PAGE)
  const { items, next } = await onVault(request, (name) =>
    vault.vaultKeys.listVersions(call, { vault: name, name: params['key'] ?? '', ...page }),
  )
  const container = await containerOf(request)
  const value = items.map((key) => keyBody(request, container, key, key.version))
  return listReply(request, value, next)
}

/** The vault of a path that an operation has just found. */
export async function containerOf(request: ArmRequest): Promise<VaultRecord> {
  const found = await knownVault(request, request.params['vault'] ?? '')
  if (found === undefined) throw new TypeError('the vault was found and is not there')
  return found
}

/** Keys as resources: public halves, and keys that are made where there are none. */
export const VAULT_KEY_ROUTES: readonly ArmRoute[] = [
  { method: 'PUT', path: KEY, operations: ['vaultKeys/create'], answer: put },
  { method: 'GET', path: KEY, operations: ['vaultKeys/get'], answer: get },
  { method: 'GET', path: `${VAULT}/keys`, operations: ['vaultKeys/list'], answer: list },
  {
    method: 'GET',
    path: `${KEY}/versions`,
    operations: ['vaultKeys/listVersions'],
    answer: listVersions,
  },
  { method: 'GET', path: `${KEY}/versions/:version`, operations: ['vaultKeys/get'], answer: get },
]
