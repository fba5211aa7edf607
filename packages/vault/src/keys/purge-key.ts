import { deleteObjectPolicy } from '../access/put-object-policy.ts'
import type { KeyHandle, Provider } from '../crypto/provider.ts'
import { Fault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import { PURGE_PAGE_RECORDS, type PurgeProgress } from '../purge-page.ts'
import type { Secret } from '../seal/secret.ts'
import type { RecordKey } from '../store/record-key.ts'
import { deleteAliasesOf } from './aliases.ts'
import { readPurgeableKey } from './deleted-key.ts'
import {
  deletedKeyKey,
  keyMaterialKey,
  keyMaterialPrefix,
  keyVersionPrefix,
  type DeletedKeyHead,
  type KeyRef,
  type KeyVersion,
} from './key.ts'
import { changeKeyDues } from './key-due.ts'
import { deleteKeyId } from './key-id.ts'
import { loadedKeyHandle } from './key-material.ts'
import { keyTarget } from './read-key.ts'

/** A version has two records. */
const LIMIT = PURGE_PAGE_RECORDS / 2

/**
 * Destroys a deleted key and all its versions for good, in the provider too. Very many versions
 * take several calls; the answer says whether it is done. From the first call on nothing can bring
 * the key back, and should the others never come, the scheduler makes them.
 * Under purge protection only the server itself may, once the retention is over.
 */
export const purgeKey = operation<{ readonly key: KeyRef }, PurgeProgress>({
  name: 'KeyPurge',
  permission: 'keys/purge',
  writes: true,
  target: keyTarget,

  async run(context, { key }) {
    const { unit, vault, caller, now, provider, commitThrough, commitUnit } = context
    const container = vault()
    const deleted = await readPurgeableKey(unit, container, key)
    const retained = now < deleted.scheduledPurgeAt
    if (container.purgeProtection && (retained || caller.kind !== 'system')) {
      throw new Fault('PurgeProtected', { vault: container.name, location: container.location })
    }
    if (deleted.current.managed === true) {
      throw new Fault('ObjectManaged', { kind: 'key', operation: 'purge' })
    }
    const handles = await handlesOfVersions(context, key.name, LIMIT)
    const versions = await unit.claim(keyVersionPrefix(container, key.name), { limit: LIMIT })
    const materials = await unit.claim(keyMaterialPrefix(container, key.name), { limit: LIMIT })
    for (const one of [...versions, ...materials]) unit.delete(one)
    const done = versions.length < LIMIT && materials.length < LIMIT
    const deletedKey = deletedKeyKey(container, key.name)
    if (done) {
      await changeKeyDues(unit, container, deleted, undefined)
      await deleteKeyId(unit, container, deleted.keyId)
      await deleteAliasesOf(unit, container, key.name)
      await deleteObjectPolicy(unit, container, `keys/${key.name}`)
      unit.delete(deletedKey)
    } else if (deleted.purging !== true) {
      const purging: DeletedKeyHead = { ...deleted, scheduledPurgeAt: now, purging: true }
      await changeKeyDues(unit, container, deleted, purging)
      unit.put<DeletedKeyHead>(deletedKey, { meta: purging })
    }
    commitThrough(async (audit) => {
      await commitUnit(audit)
      for (const handle of handles) await destroyKey(provider, handle)
    })
    return { done }
  },
})

/** The next versions with their material, for when the records are gone. */
export async function handlesOfVersions(
  { unit, vault }: OperationContext,
  name: string,
  limit: number,
): Promise<readonly KeyHandle[]> {
  const container = vault()
  const materials = new Map<RecordKey, Secret>()
  const page = { limit }
  for (const one of await unit.listEach(keyMaterialPrefix(container, name), page)) {
    const secret = 'content' in one ? one.content.secret : undefined
    if (secret !== undefined) materials.set(one.key, secret)
  }
  const versions = await unit.listEach<KeyVersion>(keyVersionPrefix(container, name), page)
  return versions.flatMap((one) => {
    // A damaged record names no key that could be destroyed, and must not outlive the purge.
    if (!('content' in one)) return []
    const { meta } = one.content
    const material = materials.get(keyMaterialKey(container, meta.name, meta.version))
    return material === undefined ? [] : [loadedKeyHandle(container, meta, material)]
  })
}

/** The records are gone and the purge is done; a provider that fails now cannot undo that. */
export async function destroyKey(provider: Provider, handle: KeyHandle): Promise<void> {
  await provider.destroy(handle).catch(() => undefined)
  const material = await handle.load()
  material.wipe()
}
