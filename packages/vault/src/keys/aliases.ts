import { createHash } from 'node:crypto'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { selectPage, type Selection, type SelectionInput } from '../select-page.ts'
import { recordKeyOf, prefixOf, type RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import type { KeyRef } from './key.ts'
import { keyTarget, readKeyHead } from './read-key.ts'

/** Another name of a key, unique in its tenant, that can be moved to another key. */
export interface KeyAlias {
  readonly alias: string
  readonly keyId: string
  readonly vault: string
  readonly vaultId: string
  /** Of the key, as it was written when it was made. */
  readonly name: string
}

const ALIAS = /^[A-Za-z0-9_/-]{1,249}$/

/** Names the alias in the tenant. A hash, because aliases tell upper from lower case and keys do not. */
export function aliasKey(tenant: string, alias: string): RecordKey {
  return recordKeyOf(tenant, 'key-alias', hashOf(alias))
}

function aliasOfKeyKey(vault: VaultRecord, name: string, alias: string): RecordKey {
  const { tenant, id } = vault
  return recordKeyOf(tenant, 'v', id, 'alias-of-key', name.toLowerCase(), hashOf(alias))
}

function hashOf(alias: string): string {
  return createHash('sha256').update(alias).digest('hex')
}

/** @throws Fault InvalidInput */
function demandAlias(alias: string): void {
  if (ALIAS.test(alias)) return
  throw invalidInput('AliasName', 'it may have 1 to 249 letters, digits, and any of _ / -')
}

export interface AliasInput {
  readonly key: KeyRef
  readonly alias: string
}

/** Gives a key another name. */
export const createAlias = operation<AliasInput, KeyAlias>({
  name: 'KeyAliasCreate',
  permission: 'keys/update',
  writes: true,
  target: keyTarget,

  async run({ unit, vault }, { key, alias }) {
    demandAlias(alias)
    const container = vault()
    const at = aliasKey(container.tenant, alias)
    if ((await unit.get(at)) !== undefined) throw new Fault('AliasExists', { alias })
    return await putAlias(unit, container, key, alias)
  },
})

/**
 * Moves an alias to a key: whoever uses it then uses that one, so both keys must be the caller's.
 * @throws Fault AliasNotFound
 */
export const updateAlias = operation<AliasInput, KeyAlias>({
  name: 'KeyAliasUpdate',
  permission: 'keys/update',
  writes: true,
  target: keyTarget,

  async run({ unit, vault, view, demand }, { key, alias }) {
    const container = vault()
    const before = await readAlias(unit, container.tenant, alias)
    const from = await view.vaultByName(before.vault)
    if (from?.id !== before.vaultId) throw new Fault('AliasNotFound', { alias })
    await demand('keys/update', `keys/${before.name}`, from)
    const old = aliasOfKeyKey({ ...container, id: before.vaultId }, before.name, alias)
    await unit.claimOne(old)
    unit.delete(old)
    return await putAlias(unit, container, key, alias)
  },
})

/**
 * Takes an alias away; the key stays.
 * @param key the one that the alias names, by which the call is decided.
 * @throws Fault AliasNotFound
 */
export const deleteAlias = operation<AliasInput, KeyAlias>({
  name: 'KeyAliasDelete',
  permission: 'keys/update',
  writes: true,
  target: keyTarget,

  async run({ unit, vault }, { key, alias }) {
    const container = vault()
    const before = await readAlias(unit, container.tenant, alias)
    if (!isOf(before, container, key)) throw new Fault('AliasNotFound', { alias })
    const ofKey = aliasOfKeyKey(container, before.name, alias)
    await unit.claimOne(ofKey)
    unit.delete(ofKey)
    unit.delete(aliasKey(container.tenant, alias))
    return before
  },
})

/** Else it was moved since it was looked up, and the call was decided for another key. */
function isOf(alias: KeyAlias, vault: VaultRecord, { name }: KeyRef): boolean {
  return alias.vaultId === vault.id && alias.name.toLowerCase() === name.toLowerCase()
}

export interface ListAliasesInput extends SelectionInput {
  readonly vault: string
  /** Those of this key alone. */
  readonly name?: string
}

/** A part of the aliases of the keys of a vault, or of one key, with their number. */
export const listAliases = operation<ListAliasesInput, Selection<KeyAlias>>({
  name: 'KeyAliasList',
  permission: 'keys/list',
  writes: false,
  target: ({ vault, name }) => ({ vault, object: name === undefined ? 'keys' : `keys/${name}` }),

  async run({ unit, vault }, { name, ...input }) {
    return await selectPage<KeyAlias, KeyAlias>(unit, input, {
      prefixes: [aliasesPrefix(vault(), name)],
      itemOf: (alias) => alias,
    })
  },
})

function aliasesPrefix({ tenant, id }: VaultRecord, name: string | undefined): RecordKey {
  if (name === undefined) return prefixOf(tenant, 'v', id, 'alias-of-key')
  return prefixOf(tenant, 'v', id, 'alias-of-key', name.toLowerCase())
}

/** Takes all aliases of a key away that is destroyed. */
export async function deleteAliasesOf(
  unit: UnitOfWork,
  vault: VaultRecord,
  name: string,
): Promise<void> {
  for (const { key, content } of await unit.listAll<KeyAlias>(aliasesPrefix(vault, name))) {
    const at = aliasKey(vault.tenant, content.meta.alias)
    await unit.claimOne(at)
    unit.delete(at)
    await unit.claimOne(key)
    unit.delete(key)
  }
}

async function readAlias(unit: UnitOfWork, tenant: string, alias: string): Promise<KeyAlias> {
  const found = await unit.get<KeyAlias>(aliasKey(tenant, alias))
  if (found === undefined) throw new Fault('AliasNotFound', { alias })
  return found.meta
}

async function putAlias(
  unit: UnitOfWork,
  vault: VaultRecord,
  key: KeyRef,
  alias: string,
): Promise<KeyAlias> {
  const { current, keyId = '' } = await readKeyHead(unit, vault, key)
  const meta = { alias, keyId, vault: vault.name, vaultId: vault.id, name: current.name }
  const ofKey = aliasOfKeyKey(vault, current.name, alias)
  await unit.get(ofKey)
  unit.put<KeyAlias>(aliasKey(vault.tenant, alias), { meta })
  unit.put<KeyAlias>(ofKey, { meta })
  return meta
}
