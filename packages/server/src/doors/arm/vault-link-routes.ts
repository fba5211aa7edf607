import { Fault } from '@claviger/vault'
import { shorten } from '../../rest/shorten.ts'
import { ArmRefusal } from './arm-refusal.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'
import { onVault } from './vault-of-path.ts'

const VAULT =
  '/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.KeyVault/vaults/:vault'
const CONNECTION = `${VAULT}/privateEndpointConnections/:connection`

/** Whoever may see the vault sees that it has none. */
async function none(request: ArmRequest): Promise<ArmReply> {
  await demandVault(request)
  return { status: 200, body: { value: [] } }
}

/** @throws ArmRefusal */
async function notFound(request: ArmRequest): Promise<never> {
  await demandVault(request)
  const name = shorten(request.params['connection'] ?? '', 64)
  throw new ArmRefusal(
    404,
    'ResourceNotFound',
    `The private endpoint connection '${name}' was not found. This server has no private endpoints: ` +
      'restrict addresses by networkAcls instead.',
  )
}

async function demandVault(request: ArmRequest): Promise<void> {
  const { vault, call } = request
  await onVault(request, async (name) => {
    const { deleted } = await vault.vaults.get(call, { vault: name })
    if (deleted !== undefined) throw new Fault('VaultNotFound', { name })
  })
}

/** Private endpoints, of which this server has none. */
export const VAULT_LINK_ROUTES: readonly ArmRoute[] = [
  {
    method: 'GET',
    path: `${VAULT}/privateEndpointConnections`,
    operations: ['vaults/get'],
    answer: none,
  },
  {
    method: 'GET',
    path: `${VAULT}/privateLinkResources`,
    operations: ['vaults/get'],
    answer: none,
  },
  { method: 'GET', path: CONNECTION, operations: ['vaults/get'], answer: notFound },
  { method: 'PUT', path: CONNECTION, operations: ['vaults/get'], answer: notFound },
  { method: 'DELETE', path: CONNECTION, operations: ['vaults/get'], answer: notFound },
]
