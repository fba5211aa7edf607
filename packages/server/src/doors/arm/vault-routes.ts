import { Fault, type PolicyChange, type PutVaultInput } from '@claviger/vault'
import { ArmRefusal } from './arm-refusal.ts'
import { groupOf, locationOf } from './group-routes.ts'
import { listReply, pageOf } from './paging.ts'
import { readPolicies, readVault } from './read-vault.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'
import { policiesBody, vaultBody } from './vault-body.ts'
import { demandVaultName, onVault } from './vault-of-path.ts'

const MAXIMUM_PAGE = 1000
const VAULTS = '/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.KeyVault/vaults'
const VAULT = `${VAULTS}/:vault`
/** From here on a new vault decides by roles unless it says otherwise. */
const FIRST_VERSION_WITH_ROLES = '2026-02-01'

async function put(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, tenant, params, apiVersion } = request
  const name = params['vault'] ?? ''
  demandVaultName(name)
  const resourceGroup = groupOf(request)
  const body = request.body()
  const location = locationOf(body)
  const properties = body.requiredObject('properties')
  const { mode, settings, ...given } = readVault(body, tenant)
  if (mode === 'recover') {
    const recovered = await onVault(request, () => vault.vaults.recover(call, { vault: name, resourceGroup }))
    return { status: 200, body: vaultBody(request, recovered) }
  }
  properties.requiredString('tenantId')
  properties.requiredObject('sku')
  const hasRoles = apiVersion.slice(0, FIRST_VERSION_WITH_ROLES.length) >= FIRST_VERSION_WITH_ROLES
  const newAuthorization = hasRoles ? 'rbac' : 'accessPolicies'
  const input: PutVaultInput = { ...settings, ...given, name, resourceGroup, location, newAuthorization }
  const made = await vault.vaults.put(call, input)
  return { status: 200, body: vaultBody(request, made.vault) }
}

async function patch(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, tenant } = request
  const { mode: _, settings, ...given } = readVault(request.body(), tenant)
  const changed = await onVault(request, (name) =>
    vault.vaults.update(call, { vault: name, ...settings, ...given }),
  )
  return { status: 200, body: vaultBody(request, changed) }
}

async function get(request: ArmRequest): Promise<ArmReply> {
  const { vault, call } = request
  const found = await onVault(request, async (name) => {
    const one = await vault.vaults.get(call, { vault: name })
    if (one.deleted === undefined) return one
    throw new Fault('VaultNotFound', { name })
  })
  return { status: 200, body: vaultBody(request, found) }
}

async function head(request: ArmRequest): Promise<ArmReply> {
  await get(request)
  return { status: 204 }
}

async function remove(request: ArmRequest): Promise<ArmReply> {
  const { vault, call } = request
  try {
    await onVault(request, (name) => vault.vaults.delete(call, { vault: name }))
    return { status: 200 }
  } catch (thrown) {
    if (thrown instanceof ArmRefusal && thrown.code === 'ResourceNotFound') return { status: 204 }
    throw thrown
  }
}

async function list(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, params } = request
  const page = pageOf(request, MAXIMUM_PAGE)
  const group = params['group'] === undefined ? {} : { resourceGroup: groupOf(request) }
  const { items, next } = await vault.vaults.select(call, { ...group, ...page })
  return listReply(request, items.map((one) => vaultBody(request, one)), next)
}

async function putPolicies(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, tenant, params } = request
  const change = changeOf(params['change'] ?? '')
  const policies = request.body().requiredObject('properties').objects('accessPolicies') ?? []
  const changed = await onVault(request, (name) =>
    vault.vaults.changeAccessPolicies(call, {
      vault: name,
      change,
      policies: readPolicies(policies, tenant),
    }),
  )
  return { status: 200, body: policiesBody(changed, change) }
}

/** @throws ArmRefusal */
function changeOf(word: string): PolicyChange {
  const change = (['add', 'replace', 'remove'] as const).find((one) => one === word.toLowerCase())
  if (change !== undefined) return change
  const message = 'The operation kind of access policies is invalid. It may be add, replace or remove.'
  throw new ArmRefusal(400, 'BadRequest', message)
}

/** Vaults. */
export const VAULT_ROUTES: readonly ArmRoute[] = [
  { method: 'PUT', path: VAULT, operations: ['vaults/put', 'vaults/recover'], answer: put },
  { method: 'PATCH', path: VAULT, operations: ['vaults/update'], answer: patch },
  { method: 'GET', path: VAULT, operations: ['vaults/get'], answer: get },
  { method: 'HEAD', path: VAULT, operations: ['vaults/get'], successStatus: 204, answer: head },
  { method: 'DELETE', path: VAULT, operations: ['vaults/delete'], answer: remove },
  { method: 'GET', path: VAULTS, operations: ['vaults/select'], answer: list },
  {
    method: 'GET',
    path: '/subscriptions/:subscription/providers/Microsoft.KeyVault/vaults',
    operations: ['vaults/select'],
    answer: list,
  },
  {
    method: 'PUT',
    path: `${VAULT}/accessPolicies/:change`,
    operations: ['vaults/changeAccessPolicies'],
    answer: putPolicies,
  },
]
