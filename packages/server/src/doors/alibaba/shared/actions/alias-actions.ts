import type { KeyAlias } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { ActionContext, Actions } from '../action.ts'
import { keyRef, resolveKey } from '../resolve-key.ts'
import { selectAcross } from '../select-across.ts'
import { stateModified } from '../state-modified.ts'

const { formatResourceName, invalidParameter, isAliasName, isReservedAlias } = alibaba.shared

const PREFIX = 'alias/'

/** Further names of keys. */
export const ALIAS_ACTIONS: Actions<
  'CreateAlias' | 'UpdateAlias' | 'DeleteAlias' | 'ListAliases' | 'ListAliasesByKeyId'
> = {
  async CreateAlias(request) {
    const alias = newAlias(request.parameters.AliasName)
    const key = keyRef(await resolveKey(request, request.parameters.KeyId, 'id'))
    await request.vault.aliases.create(request.call, { key, alias }).catch(stateModified)
    return {}
  },

  async UpdateAlias(request) {
    const alias = newAlias(request.parameters.AliasName)
    const key = keyRef(await resolveKey(request, request.parameters.KeyId, 'id'))
    await request.vault.aliases.update(request.call, { key, alias })
    return {}
  },

  async DeleteAlias(request) {
    const { AliasName } = request.parameters
    const alias = aliasOf(AliasName)
    const key = keyRef(await resolveKey(request, AliasName))
    await request.vault.aliases.delete(request.call, { key, alias })
    return {}
  },

  async ListAliases(request) {
    const { vault, call, parameters } = request
    const { items, paging } = await selectAcross(request, {
      permission: 'keys/list',
      object: 'keys',
      page: parameters,
      select: (name, input) => vault.aliases.list(call, { vault: name, ...input }),
    })
    return { Aliases: { Alias: items.map(({ item }) => shown(request, item)) }, ...paging }
  },

  async ListAliasesByKeyId(request) {
    const { KeyId, PageNumber, PageSize } = request.parameters
    const key = keyRef(await resolveKey(request, KeyId, 'id'))
    const { items, total } = await request.vault.aliases.list(request.call, {
      ...key,
      skip: (PageNumber - 1) * PageSize,
      take: PageSize,
    })
    return {
      Aliases: { Alias: items.map((alias) => shown(request, alias)) },
      TotalCount: total,
      PageNumber,
      PageSize,
    }
  },
}

function shown(
  { region, account }: ActionContext,
  { keyId, alias }: KeyAlias,
): alibaba.shared.AnswerObject {
  return {
    KeyId: keyId,
    AliasName: `${PREFIX}${alias}`,
    AliasArn: formatResourceName({ region, account, kind: 'alias', name: alias }),
  }
}

/** The name without its prefix. @throws KmsRefusal InvalidParameter */
function aliasOf(name: string): string {
  if (isAliasName(name)) return name.slice(PREFIX.length)
  const rule = `must be ${PREFIX} and letters, digits and any of _ / -, at most 255 characters`
  throw invalidParameter('AliasName', rule)
}

/** One that a key may be given. @throws KmsRefusal InvalidParameter */
function newAlias(name: string): string {
  if (isReservedAlias(name)) throw invalidParameter('AliasName', 'must not begin with alias/acs')
  return aliasOf(name)
}
