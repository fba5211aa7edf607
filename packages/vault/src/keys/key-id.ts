import { createHash } from 'node:crypto'
import { recordKeyOf, type RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'

/** Which key a key id names. */
export interface KeyIndex {
  readonly vault: string
  readonly vaultId: string
  /** Of the key, in lower case. */
  readonly name: string
}

/** `key-` and 21 characters; a name of this form is its own key id where it is still free. */
const KEY_ID = /^key-[a-z0-9]{21}$/
const DIGEST_CHARACTERS = 21

export function isKeyId(text: string): boolean {
  return KEY_ID.test(text)
}

export function keyIndexKey(tenant: string, keyId: string): RecordKey {
  return recordKeyOf(tenant, 'key-id', keyId)
}

/**
 * Gives a new key its key id: a name that is unique in its tenant, whatever vault it is in. Wires
 * that know no vaults name keys by it.
 */
export async function putKeyId(
  unit: UnitOfWork,
  vault: VaultRecord,
  name: string,
): Promise<string> {
  const lower = name.toLowerCase()
  const wanted = [...(isKeyId(lower) ? [lower] : []), derivedKeyId(vault, lower)]
  const found = await unit.getMany<KeyIndex>(wanted.map((id) => keyIndexKey(vault.tenant, id)))
  // The last is nobody else's: it is a hash of this vault and this name.
  const at = found.findIndex((one) => one === undefined || isOf(one.meta, vault, lower))
  const keyId = wanted[at] ?? wanted.at(-1) ?? ''
  const meta = { vault: vault.name, vaultId: vault.id, name: lower }
  unit.put<KeyIndex>(keyIndexKey(vault.tenant, keyId), { meta })
  return keyId
}

/** Takes the key id of a key away that is destroyed. */
export async function deleteKeyId(
  unit: UnitOfWork,
  vault: VaultRecord,
  keyId: string | undefined,
): Promise<void> {
  if (keyId === undefined) return
  const key = keyIndexKey(vault.tenant, keyId)
  const found = await unit.get<KeyIndex>(key)
  if (found?.meta.vaultId === vault.id) unit.delete(key)
}

function isOf(index: KeyIndex, vault: VaultRecord, lower: string): boolean {
  return index.vaultId === vault.id && index.name === lower
}

function derivedKeyId(vault: VaultRecord, lower: string): string {
  const hash = createHash('sha256').update(`${vault.id}/${lower}`).digest('hex')
  const digits = BigInt(`0x${hash}`).toString(36).padStart(DIGEST_CHARACTERS, '0')
  return `key-${digits.slice(-DIGEST_CHARACTERS)}`
}
