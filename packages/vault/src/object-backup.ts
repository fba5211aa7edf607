// What a backup of a secret, a key or a certificate has in common: JSON, sealed for its tenant.
import { Fault, isFault, type ObjectKind } from './fault.ts'
import type { Seal } from './seal/seal.ts'
import type { VaultRecord } from './vaults/vault-record.ts'

/** Seals a backup; the plaintext is wiped. */
export async function sealBackup(
  seal: Seal,
  vault: VaultRecord,
  kind: ObjectKind,
  backup: object,
): Promise<Uint8Array> {
  const plaintext = Buffer.from(JSON.stringify(backup))
  try {
    return await seal.sealBlob(scopeOf(vault), purposeOf(kind), plaintext)
  } finally {
    plaintext.fill(0)
  }
}

/**
 * Opens a backup. One that opens was made here for this kind, so its shape is the caller's to name.
 * @throws Fault BackupInvalid
 */
export async function openBackup<Backup>(
  seal: Seal,
  vault: VaultRecord,
  kind: ObjectKind,
  blob: Uint8Array,
): Promise<Backup> {
  let opened: Uint8Array
  try {
    opened = await seal.openBlob(scopeOf(vault), purposeOf(kind), blob)
  } catch (thrown) {
    if (!isFault(thrown, 'RecordCorrupt')) throw thrown
    throw backupInvalid(kind, 'it is damaged, or was made by another server or tenant')
  }
  try {
    return JSON.parse(new TextDecoder().decode(opened)) as Backup
  } finally {
    opened.fill(0)
  }
}

/** The fault for a backup that cannot be restored. */
export function backupInvalid(kind: ObjectKind, reason: string): Fault<'BackupInvalid'> {
  return new Fault('BackupInvalid', { kind, reason })
}

/** The tenant's, not the vault's: a backup outlives its vault. */
function scopeOf({ tenant }: VaultRecord): string {
  return `tenant.${tenant}`
}

/** Keeps a backup of one kind from opening as another. */
function purposeOf(kind: ObjectKind): string {
  return `${kind}-backup`
}
