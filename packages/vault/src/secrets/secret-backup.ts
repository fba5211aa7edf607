import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { backupInvalid, openBackup, sealBackup } from '../object-backup.ts'
import { operation } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import { readSecretHead } from './read-secret.ts'
import { restoreSecretName } from './secret-name.ts'
import {
  deletedSecretKey,
  secretKey,
  secretVersionKey,
  secretVersionPrefix,
  type SecretHead,
  type SecretRef,
  type SecretVersion,
} from './secret.ts'

/** The service refuses to back up more; a blob of all of them would not pass as one request. */
const MAXIMUM_BACKUP_VERSIONS = 500

/** What a backup holds once opened. */
interface SecretBackup {
  readonly format: 1
  readonly current: string
  readonly more?: Omit<SecretHead, 'current'>
  /** Id of the vault whose key encrypts values; they open nowhere else. */
  readonly boundTo?: string
  readonly versions: readonly { readonly properties: SecretVersion; readonly value: string }[]
}

/** Gives all versions of a secret as one sealed blob that only its tenant here can restore. */
export const backupSecret = operation<{ readonly secret: SecretRef }, Uint8Array>({
  name: 'SecretBackup',
  permission: 'secrets/backup',
  writes: false,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault, seal }, { secret }) {
    const container = vault()
    const head = await readSecretHead(unit, container, secret)
    if (head.current.managed !== undefined) {
      throw new Fault('ObjectManaged', { kind: 'secret', operation: 'backup' })
    }
    // One read, so that the versions are those of one instant.
    const versions = await unit.list<SecretVersion>(
      secretVersionPrefix(container, secret.name),
      { limit: MAXIMUM_BACKUP_VERSIONS + 1 },
    )
    if (versions.length > MAXIMUM_BACKUP_VERSIONS) {
      const reason = `at most ${MAXIMUM_BACKUP_VERSIONS} versions can be backed up, and it has more`
      throw invalidInput('secret-name', reason)
    }
    const { current: { version: current }, ...more } = head
    if (!versions.some(({ content }) => content.meta.version === current)) {
      // Purged since its head was read; without its current version a backup could not be restored.
      throw new Fault('ObjectNotFound', { kind: 'secret', name: secret.name })
    }
    const backup: SecretBackup = {
      format: 1,
      current,
      more,
      ...(isBound(head, versions) ? { boundTo: container.id } : {}),
      versions: versions.map(({ content }) => ({
        properties: content.meta,
        value: Buffer.from(content.secret?.reveal() ?? []).toString('base64'),
      })),
    }
    return sealBackup(seal, container, 'secret', backup)
  },
})

function isBound(
  { encryptionKey }: SecretHead,
  versions: readonly { readonly content: { readonly meta: SecretVersion } }[],
): boolean {
  const isEncrypted = versions.some(({ content }) => content.meta.encryption !== undefined)
  return isEncrypted || encryptionKey !== undefined
}

export interface RestoreSecretInput {
  readonly vault: string
  /**
   * Decodes the backup. It may have many megabytes, so it is asked for only once the caller is
   * allowed to restore; what it throws is the answer.
   */
  readonly blob: () => Uint8Array
}

/** Makes a secret from a backup, with its name and version ids; the name must not be in use. */
export const restoreSecret = operation<RestoreSecretInput, SecretVersion>({
  name: 'SecretRestore',
  permission: 'secrets/restore',
  writes: true,
  target: ({ vault }) => ({ vault }),
  auditId: (_input, output) =>
    output === undefined ? 'secrets' : `secrets/${output.name}/${output.version}`,

  async run({ unit, vault, seal }, { blob }) {
    const container = vault()
    const backup = await openBackup<SecretBackup>(seal, container, 'secret', blob())
    const current = backup.versions.find((one) => one.properties.version === backup.current)
    if (current === undefined) throw backupInvalid('secret', 'its current version is missing')
    if (backup.boundTo !== undefined && backup.boundTo !== container.id) {
      throw backupInvalid('secret', 'a key of the vault that it was made in encrypts its values')
    }
    const { name } = current.properties
    const headKey = secretKey(container, name)
    const [head, deleted] = await unit.getMany([
      headKey,
      deletedSecretKey(container, name),
      ...backup.versions.map((one) => secretVersionKey(container, name, one.properties.version)),
    ])
    if (head !== undefined) throw new Fault('ObjectExists', { kind: 'secret', name })
    if (deleted !== undefined) throw new Fault('ObjectInDeletedState', { kind: 'secret', name })
    for (const { properties, value } of backup.versions) {
      unit.put<SecretVersion>(secretVersionKey(container, name, properties.version), {
        meta: properties,
        secret: new Secret(Buffer.from(value, 'base64')),
      })
    }
    const restored = { ...backup.more, current: current.properties }
    unit.put<SecretHead>(headKey, { meta: await restoreSecretName(unit, container, restored) })
    return current.properties
  },
})
