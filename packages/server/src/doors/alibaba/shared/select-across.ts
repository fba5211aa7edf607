import type { PermissionName, Selection, SelectionInput } from '@claviger/vault'
import type { alibaba } from '@claviger/wire'
import type { ActionContext } from './action.ts'
import type { PageParameters } from './answer-page.ts'

export interface AcrossVaults<Item> {
  /** Who may not list in a vault does not see what is there. */
  readonly permission: PermissionName
  readonly object: 'keys' | 'secrets'
  readonly page: PageParameters
  /** Leaves vaults out that nothing is wanted of. */
  readonly isWanted?: (vault: string) => boolean
  readonly select: (vault: string, input: SelectionInput) => Promise<Selection<Item>>
}

export interface SelectedAcross<Item> {
  readonly items: readonly { readonly vault: string; readonly item: Item }[]
  /** What the answer says beside them. */
  readonly paging: alibaba.shared.AnswerObject
}

/** One page of a list that goes on over all vaults of the tenant in which the caller may list. */
export async function selectAcross<Item>(
  context: ActionContext,
  { permission, object, page, isWanted = () => true, select }: AcrossVaults<Item>,
): Promise<SelectedAcross<Item>> {
  const { PageNumber, PageSize } = page
  const start = (PageNumber - 1) * PageSize
  const items: { readonly vault: string; readonly item: Item }[] = []
  let total = 0
  const vaults = await listableVaults(context, permission, object)
  const wanted = vaults.filter(isWanted)
  if (wanted.length === 0) {
    // What finds nothing is decided and audited like any other.
    await select(vaults[0] ?? context.settings.homeVault, { skip: 0, take: 0 })
  }
  for (const vault of wanted) {
    const skip = Math.max(0, start - total)
    const found = await select(vault, { skip, take: PageSize - items.length })
    items.push(...found.items.map((item) => ({ vault, item })))
    total += found.total
  }
  return { items, paging: { PageNumber, PageSize, TotalCount: total } }
}

/**
 * The names of the vaults in which the caller may list. Who may nowhere is given the home vault, so
 * that the operation refuses and audits the call.
 */
export async function listableVaults(
  { vault, call, tenant, settings }: ActionContext,
  permission: PermissionName,
  object: 'keys' | 'secrets',
): Promise<readonly string[]> {
  const view = call.view ?? (await vault.view())
  const listable: string[] = []
  for (const name of await view.vaultNames(tenant.id)) {
    const may = await vault.seemsAllowed(call, permission, { vault: name, object })
    if (may) listable.push(name)
  }
  return listable.length === 0 ? [settings.homeVault] : listable
}
