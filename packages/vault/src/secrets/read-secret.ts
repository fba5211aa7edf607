import { Fault } from '../fault.ts'
import { demandObjectName, isVersion } from '../object-name.ts'
import type { Content } from '../seal/seal.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import {
  deletedSecretKey,
  secretKey,
  secretVersionKey,
  type DeletedSecretHead,
  type SecretHead,
  type SecretRef,
  type SecretVersion,
} from './secret.ts'

/** A live secret: its head and a version, the current one when the reference names none. */
export interface FoundSecret {
  readonly head: SecretHead
  readonly version: Content<SecretVersion>
}

/**
 * Reads a live secret.
 * @throws Fault NameInvalid, ObjectNotFound
 */
export async function readSecret(
  unit: UnitOfWork,
  vault: VaultRecord,
  ref: SecretRef,
): Promise<FoundSecret> {
  const head = await readSecretHead(unit, vault, ref)
  const wanted = ref.version?.toLowerCase() ?? head.current.version
  if (!isVersion(wanted)) throw notFound(ref)
  const version = await unit.get<SecretVersion>(secretVersionKey(vault, ref.name, wanted))
  if (version === undefined) throw notFound(ref)
  return { head, version }
}

/**
 * Reads the head of a live secret.
 * @throws Fault NameInvalid, ObjectNotFound
 */
export async function readSecretHead(
  unit: UnitOfWork,
  vault: VaultRecord,
  ref: SecretRef,
): Promise<SecretHead> {
  demandObjectName(ref.name)
  const head = await unit.get<SecretHead>(secretKey(vault, ref.name))
  if (head === undefined) throw await missingSecret(unit, vault, ref)
  return head.meta
}

/** Says of a secret that is not there whether it was deleted and can be recovered. */
async function missingSecret(unit: UnitOfWork, vault: VaultRecord, ref: SecretRef): Promise<Fault> {
  const deleted = await unit.get<DeletedSecretHead>(deletedSecretKey(vault, ref.name))
  const missing = notFound(ref)
  if (deleted === undefined || deleted.meta.purging === true) return missing
  return new Fault('ObjectNotFound', { ...missing.detail, deleted: true })
}

function notFound({ name, version }: SecretRef): Fault<'ObjectNotFound'> {
  const asked = version === undefined ? { name } : { name, version }
  return new Fault('ObjectNotFound', { kind: 'secret', ...asked })
}
