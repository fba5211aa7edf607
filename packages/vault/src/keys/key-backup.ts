import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { invalidInput } from '../invalid-input.ts'
import { backupInvalid, openBackup, sealBackup } from '../object-backup.ts'
import { operation } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import {
  deletedKeyKey,
  keyKey,
  keyMaterialKey,
  keyMaterialPrefix,
  keyVersionKey,
  keyVersionPrefix,
  type KeyHead,
  type KeyRef,
  type KeyVersion,
} from './key.ts'
import { changeKeyDues } from './key-due.ts'
import { putKeyId } from './key-id.ts'
import { keyNotFound, keyTarget, readKeyHead } from './read-key.ts'
import type { RotationPolicy } from './rotation-policy.ts'

/** As with secrets, so that a blob passes as one request. */
const MAXIMUM_BACKUP_VERSIONS = 500

/** What a backup holds once opened. */
interface KeyBackup {
  readonly format: 1
  readonly current: string
  readonly first?: string
  readonly rotationPolicy?: RotationPolicy
  readonly description?: string
  readonly deletionProtection?: KeyHead['deletionProtection']
  readonly versions: readonly { readonly properties: KeyVersion; readonly material: string }[]
}

/** Gives all versions of a key as one sealed blob that only its tenant here can restore. */
export const backupKey = operation<{ readonly key: KeyRef }, Uint8Array>({
  name: 'KeyBackup',
  permission: 'keys/backup',
  writes: false,
  target: keyTarget,

  async run({ unit, vault, seal }, { key }) {
    const container = vault()
    const head = await readKeyHead(unit, container, key)
    const { current, firstVersion, rotationPolicy, description, deletionProtection } = head
    if (current.managed === true) {
      throw new Fault('ObjectManaged', { kind: 'key', operation: 'backup' })
    }
    if (current.awaitsMaterial === true) throw new Fault('KeyAwaitsMaterial', { name: key.name })
    const page = { limit: MAXIMUM_BACKUP_VERSIONS + 1 }
    // Materials never change, so those read after the versions belong to them.
    const versions = await unit.list<KeyVersion>(keyVersionPrefix(container, key.name), page)
    if (versions.length > MAXIMUM_BACKUP_VERSIONS) {
      const reason = `at most ${MAXIMUM_BACKUP_VERSIONS} versions can be backed up, and it has more`
      throw invalidInput('key-name', reason)
    }
    const materials = new Map<string, Secret | undefined>()
    for (const one of await unit.listAll(keyMaterialPrefix(container, key.name))) {
      materials.set(one.key, one.content.secret)
    }
    const saved = versions.map(({ content: { meta } }) => {
      const material = materials.get(keyMaterialKey(container, key.name, meta.version))
      // Purged since its head was read; a backup without a material could not be restored.
      if (material === undefined) throw keyNotFound(key)
      const text = Buffer.from(material.reveal()).toString('base64')
      material.wipe()
      return { properties: meta, material: text }
    })
    const isWhole = saved.some(({ properties }) => properties.version === current.version)
    if (!isWhole) throw keyNotFound(key)
    const backup: KeyBackup = {
      format: 1,
      current: current.version,
      ...(firstVersion === undefined ? {} : { first: firstVersion }),
      ...(rotationPolicy === undefined ? {} : { rotationPolicy }),
      ...(description === undefined ? {} : { description }),
      ...(deletionProtection === undefined ? {} : { deletionProtection }),
      versions: saved,
    }
    return sealBackup(seal, container, 'key', backup)
  },
})

export interface RestoreKeyInput {
  readonly vault: string
  /** Decodes the backup, once the caller is allowed to restore; what it throws is the answer. */
  readonly blob: () => Uint8Array
}

/** Makes a key from a backup, with its name and version ids; the name must not be in use. */
export const restoreKey = operation<RestoreKeyInput, KeyVersion>({
  name: 'KeyRestore',
  permission: 'keys/restore',
  writes: true,
  target: ({ vault }) => ({ vault }),
  auditId: (_input, output) =>
    output === undefined ? 'keys' : `keys/${output.name}/${output.version}`,

  async run({ unit, vault, seal }, { blob }) {
    const container = vault()
    const backup = await openBackup<KeyBackup>(seal, container, 'key', blob())
    const restored = backup.versions.map(({ properties, material }) => ({
      // New: what is cached under the old one may belong to a key that lives elsewhere.
      properties: { ...properties, materialId: randomHexId() },
      material: new Secret(Buffer.from(material, 'base64')),
    }))
    const current = restored.find(({ properties }) => properties.version === backup.current)
    if (current === undefined) throw backupInvalid('key', 'its current version is missing')
    const { name } = current.properties
    const headKey = keyKey(container, name)
    const [head, deleted] = await unit.getMany([
      headKey,
      deletedKeyKey(container, name),
      ...restored.flatMap(({ properties: { version } }) => [
        keyVersionKey(container, name, version),
        keyMaterialKey(container, name, version),
      ]),
    ])
    if (head !== undefined) throw new Fault('ObjectExists', { kind: 'key', name })
    if (deleted !== undefined) throw new Fault('ObjectInDeletedState', { kind: 'key', name })
    const { first, rotationPolicy, description, deletionProtection } = backup
    const after: KeyHead = {
      current: current.properties,
      keyId: await putKeyId(unit, container, name),
      created: Math.min(...backup.versions.map(({ properties }) => properties.created)),
      ...(first === undefined ? {} : { firstVersion: first }),
      ...(rotationPolicy === undefined ? {} : { rotationPolicy }),
      ...(description === undefined ? {} : { description }),
      ...(deletionProtection === undefined ? {} : { deletionProtection }),
    }
    await changeKeyDues(unit, container, undefined, after)
    for (const { properties, material } of restored) {
      const { version } = properties
      unit.put<KeyVersion>(keyVersionKey(container, name, version), { meta: properties })
      unit.put(keyMaterialKey(container, name, version), { meta: {}, secret: material })
    }
    unit.put<KeyHead>(headKey, { meta: after })
    return current.properties
  },
})
