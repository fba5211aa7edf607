import type { Actions } from '../action.ts'
import { keyArn } from '../answer-key.ts'
import { keyFilters } from '../key-filters.ts'
import { selectAcross } from '../select-across.ts'

/** Listing keys, those that wait for their destruction among them. */
export const KEY_LIST_ACTIONS: Actions<'ListKeys'> = {
  async ListKeys(request) {
    const { vault, call, parameters } = request
    const { ofVault, ofKey } = await keyFilters(request, parameters.Filters ?? [])
    const { items, paging } = await selectAcross(request, {
      permission: 'keys/list',
      object: 'keys',
      page: parameters,
      isWanted: ofVault,
      select: (name, input) => vault.keys.select(call, { vault: name, isWanted: ofKey, ...input }),
    })
    const ids = items.flatMap(({ item }) => item.head.keyId ?? [])
    return {
      Keys: { Key: ids.map((KeyId) => ({ KeyId, KeyArn: keyArn(request, KeyId) })) },
      ...paging,
    }
  },
}
