import { isFault, isVaultName } from '@claviger/vault'
import { shorten } from '../../rest/shorten.ts'
import { ArmRefusal } from './arm-refusal.ts'
import { listReply, pageOf } from './paging.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'
import { deletedVaultBody } from './vault-body.ts'

const MAXIMUM_PAGE = 1000
const PROVIDER = '/subscriptions/:subscription/providers/Microsoft.KeyVault'
const DELETED = `${PROVIDER}/locations/:location/deletedVaults/:vault`

async function list(request: ArmRequest): Promise<ArmReply> {
  const { vault, call } = request
  const page = pageOf(request, MAXIMUM_PAGE)
  const { items, next } = await vault.vaults.selectDeleted(call, page)
  return listReply(request, items.map((one) => deletedVaultBody(request, one)), next)
}

async function get(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, params } = request
  const { location = '' } = params
  const found = await onDeleted(request, (name) => vault.vaults.getDeleted(call, { vault: name, location }))
  return { status: 200, body: deletedVaultBody(request, found) }
}

/** Over when the answer leaves, but for a purge that another one has begun and not finished. */
async function purge(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, params } = request
  const { location = '' } = params
  const name = await onDeleted(request, async (asked) => {
    while (!(await vault.vaults.purge(call, { vault: asked, location })).done);
    return asked
  })
  return { status: 202, headers: resultHeaders(request, location, name) }
}

async function result(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, params } = request
  const { location = '', operation: name = '' } = params
  const { done } = await onDeleted({ ...request, params: { ...params, vault: name } }, (asked) =>
    vault.vaults.getPurgeProgress(call, { vault: asked }),
  )
  return done ? { status: 200 } : { status: 202, headers: resultHeaders(request, location, name) }
}

function resultHeaders(
  { origin, tenant, apiVersion }: ArmRequest,
  location: string,
  name: string,
): Readonly<Record<string, string>> {
  const provider = `${origin}/subscriptions/${tenant.subscription}/providers/Microsoft.KeyVault`
  const place = `${provider}/locations/${encodeURIComponent(location)}/operationResults/${name}`
  return { Location: `${place}?api-version=${apiVersion}`, 'Retry-After': '1' }
}

/** @throws ArmRefusal for one that is not there */
async function onDeleted<Result>(
  { params }: Pick<ArmRequest, 'params'>,
  work: (name: string) => Promise<Result>,
): Promise<Result> {
  const { vault: name = '' } = params
  try {
    if (isVaultName(name)) return await work(name)
  } catch (thrown) {
    if (!isFault(thrown, 'VaultNotFound')) throw thrown
  }
  throw new ArmRefusal(
    404,
    'DeletedVaultNotFound',
    `The specified deleted vault '${shorten(name, 64)}' does not exist in this location.`,
  )
}

/** Vaults that were deleted and can be recovered or purged. */
export const DELETED_VAULT_ROUTES: readonly ArmRoute[] = [
  {
    method: 'GET',
    path: `${PROVIDER}/deletedVaults`,
    operations: ['vaults/selectDeleted'],
    answer: list,
  },
  { method: 'GET', path: DELETED, operations: ['vaults/getDeleted'], answer: get },
  {
    method: 'POST',
    path: `${DELETED}/purge`,
    operations: ['vaults/purge'],
    successStatus: 202,
    answer: purge,
  },
  {
    method: 'GET',
    path: `${PROVIDER}/locations/:location/operationResults/:operation`,
    operations: ['vaults/getPurgeProgress'],
    answer: result,
  },
]
