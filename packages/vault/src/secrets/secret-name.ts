import { Fault } from '../fault.ts'
import { recordKeyOf, type RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { deletedSecretKey, secretKey, type SecretHead } from './secret.ts'

/** Which vault the secret of a name is in. */
export interface SecretNameIndex {
  readonly vault: string
  readonly vaultId: string
}

/** Wires that know no vaults find secrets by it. */
export function secretNameKey(tenant: string, name: string): RecordKey {
  return recordKeyOf(tenant, 'secret-name', name.toLowerCase())
}

/**
 * Makes a name that is new in its vault the only one of its tenant.
 * @param home the vault whose secrets are found without an entry.
 * @returns what goes into the head.
 * @throws Fault ObjectExists, ObjectInDeletedState
 */
export async function putSecretName(
  unit: UnitOfWork,
  vault: VaultRecord,
  name: string,
  home: VaultRecord | undefined,
): Promise<Pick<SecretHead, 'indexed'>> {
  const key = secretNameKey(vault.tenant, name)
  const elsewhere = await unit.get<SecretNameIndex>(key)
  if (elsewhere !== undefined && elsewhere.meta.vaultId !== vault.id) {
    throw new Fault('ObjectExists', { kind: 'secret', name })
  }
  if (home?.id === vault.id) return {}
  if (home !== undefined && home.tenant === vault.tenant) {
    const keys = [secretKey(home, name), deletedSecretKey(home, name)]
    const [live, deleted] = await unit.getMany(keys)
    if (deleted !== undefined) throw new Fault('ObjectInDeletedState', { kind: 'secret', name })
    if (live !== undefined) throw new Fault('ObjectExists', { kind: 'secret', name })
  }
  unit.put<SecretNameIndex>(key, { meta: { vault: vault.name, vaultId: vault.id } })
  return { indexed: true }
}

/** Takes the entry of a secret away that is destroyed. */
export async function deleteSecretName(
  unit: UnitOfWork,
  vault: VaultRecord,
  { indexed, current }: SecretHead,
): Promise<void> {
  if (indexed !== true) return
  const key = secretNameKey(vault.tenant, current.name)
  const found = await unit.get<SecretNameIndex>(key)
  if (found?.meta.vaultId === vault.id) unit.delete(key)
}

/** The head of a restored secret: found by its name again where no other secret is. */
export async function restoreSecretName(
  unit: UnitOfWork,
  vault: VaultRecord,
  { indexed, ...head }: SecretHead,
): Promise<SecretHead> {
  if (indexed !== true) return head
  const key = secretNameKey(vault.tenant, head.current.name)
  const found = await unit.get<SecretNameIndex>(key)
  if (found !== undefined && found.meta.vaultId !== vault.id) return head
  unit.put<SecretNameIndex>(key, { meta: { vault: vault.name, vaultId: vault.id } })
  return { ...head, indexed }
}
