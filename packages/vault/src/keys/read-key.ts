import { Fault } from '../fault.ts'
import { demandObjectName, isVersion } from '../object-name.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import {
  deletedKeyKey,
  keyKey,
  keyVersionKey,
  keyVersionPrefix,
  type DeletedKeyHead,
  type KeyHead,
  type KeyRef,
  type KeyVersion,
} from './key.ts'

/** A live key: its head and a version, the current one when the reference names none. */
export interface FoundKey {
  readonly head: KeyHead
  readonly version: KeyVersion
}

/**
 * Reads a live key: one record for the current version, two at once for a named one, one after the
 * other for the first one of a key that has had others since.
 * @throws Fault NameInvalid, ObjectNotFound
 */
export async function readKey(
  unit: UnitOfWork,
  vault: VaultRecord,
  ref: KeyRef,
): Promise<FoundKey> {
  const wanted = ref.version?.toLowerCase()
  if (wanted === undefined) {
    const head = await readKeyHead(unit, vault, ref)
    const isCurrent = ref.first !== true || head.current.publicKey !== undefined
    return { head, version: isCurrent ? head.current : await firstVersion(unit, vault, ref, head) }
  }
  demandObjectName(ref.name)
  if (!isVersion(wanted)) throw keyNotFound(ref)
  const [head, version] = await unit.getMany<unknown>([
    keyKey(vault, ref.name),
    keyVersionKey(vault, ref.name, wanted),
  ])
  if (head === undefined) throw await missingKey(unit, vault, ref)
  if (version === undefined) throw keyNotFound(ref)
  // What stands under these keys was written as these types.
  return { head: head.meta as KeyHead, version: version.meta as KeyVersion }
}

async function firstVersion(
  unit: UnitOfWork,
  vault: VaultRecord,
  ref: KeyRef,
  { current, firstVersion: first }: KeyHead,
): Promise<KeyVersion> {
  if (first === current.version) return current
  const found =
    first === undefined
      ? await oldestVersion(unit, vault, ref)
      : (await unit.get<KeyVersion>(keyVersionKey(vault, ref.name, first)))?.meta
  if (found === undefined) throw keyNotFound(ref)
  return found
}

async function oldestVersion(
  unit: UnitOfWork,
  vault: VaultRecord,
  { name }: KeyRef,
): Promise<KeyVersion | undefined> {
  const listed = await unit.listAll<KeyVersion>(keyVersionPrefix(vault, name))
  const versions = listed.map(({ content: { meta } }) => meta)
  return versions.toSorted((one, other) => one.created - other.created)[0]
}

/**
 * Reads the head of a live key.
 * @throws Fault NameInvalid, ObjectNotFound
 */
export async function readKeyHead(
  unit: UnitOfWork,
  vault: VaultRecord,
  ref: KeyRef,
): Promise<KeyHead> {
  demandObjectName(ref.name)
  const head = await unit.get<KeyHead>(keyKey(vault, ref.name))
  if (head === undefined) throw await missingKey(unit, vault, ref)
  return head.meta
}

/** Says of a key that is not there whether it was deleted and can be recovered. */
async function missingKey(unit: UnitOfWork, vault: VaultRecord, ref: KeyRef): Promise<Fault> {
  const deleted = await unit.get<DeletedKeyHead>(deletedKeyKey(vault, ref.name))
  const missing = keyNotFound(ref)
  if (deleted === undefined || deleted.meta.purging === true) return missing
  return new Fault('ObjectNotFound', { ...missing.detail, deleted: true })
}

/** The fault of a key, or of a version of one, that is not there. */
export function keyNotFound({ name, version }: KeyRef): Fault<'ObjectNotFound'> {
  const asked = version === undefined ? { name } : { name, version }
  return new Fault('ObjectNotFound', { kind: 'key', ...asked })
}

/** `keys/name/version`, the version left out where none is known. */
export function auditedKey({ name, version: asked }: KeyRef, answered: string | undefined): string {
  const version = answered ?? asked
  return version === undefined ? `keys/${name}` : `keys/${name}/${version}`
}

/** What an operation on one key acts on. */
export function keyTarget({ key }: { readonly key: KeyRef }): {
  readonly vault: string
  readonly object: string
} {
  return { vault: key.vault, object: `keys/${key.name}` }
}
