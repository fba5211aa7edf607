import { isFault, isVaultName, resourceGroupOf, type VaultRecord } from '@claviger/vault'
import { shorten } from '../../rest/shorten.ts'
import { ArmRefusal } from './arm-refusal.ts'
import { groupOf } from './group-routes.ts'
import type { ArmRequest } from './route.ts'

const LONGEST_SHOWN = 64

/**
 * Does something with the vault that a path names; one that is in another group is not at this path.
 * @throws ArmRefusal in the words of the resource manager, when there is none
 */
export async function onVault<Result>(
  request: ArmRequest,
  work: (vault: string) => Promise<Result>,
): Promise<Result> {
  const name = request.params['vault'] ?? ''
  const group = groupOf(request)
  const known = await knownVault(request, name)
  const isElsewhere =
    known !== undefined && resourceGroupOf(known).toLowerCase() !== group.toLowerCase()
  if (!isVaultName(name) || isElsewhere) throw vaultNotFound(name, group)
  try {
    return await work(name)
  } catch (thrown) {
    if (isFault(thrown, 'VaultNotFound')) throw vaultNotFound(name, group)
    throw thrown
  }
}

/** A vault of the tenant, deleted or not; for where it is alone, which a caller may not know yet. */
export async function knownVault(
  { vault, call, tenant }: ArmRequest,
  name: string,
): Promise<VaultRecord | undefined> {
  if (!isVaultName(name)) return undefined
  const found = await (call.view ?? (await vault.view())).vaultByName(name)
  return found?.tenant === tenant.id ? found : undefined
}

/** @throws ArmRefusal */
export function demandVaultName(name: string): void {
  if (isVaultName(name)) return
  throw new ArmRefusal(400, 'VaultNameNotValid', invalidNameText(name))
}

/** What is wrong with a vault's name, in the service's words. */
export function invalidNameText(name: string): string {
  return (
    `The vault name '${shorten(name, LONGEST_SHOWN)}' is invalid. A vault's name must be between ` +
    '3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, ' +
    'and not contain consecutive hyphens. Follow this link for more information: ' +
    'https://go.microsoft.com/fwlink/?linkid=2147742'
  )
}

function vaultNotFound(name: string, group: string): ArmRefusal {
  return new ArmRefusal(
    404,
    'ResourceNotFound',
    `The Resource 'Microsoft.KeyVault/vaults/${shorten(name, LONGEST_SHOWN)}' under resource group ` +
      `'${group}' was not found. For more details please go to ` +
      'https://aka.ms/ARMResourceNotFoundFix',
    { 'x-ms-failure-cause': 'gateway' },
  )
}
