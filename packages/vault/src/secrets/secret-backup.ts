import { Fault, isFault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import type { Seal } from '../seal/seal.ts'
import { Secret } from '../seal/secret.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { readSecretHead } from './read-secret.ts'
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
  readonly versions: readonly { readonly properties: SecretVersion; readonly value: string }[]
}

const PURPOSE = 'secret-backup'

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
    const { version: current } = head.current
    if (!versions.some(({ content }) => content.meta.version === current)) {
      // Purged since its head was read; without its current version a backup could not be restored.
      throw new Fault('ObjectNotFound', { kind: 'secret', name: secret.name })
    }
    const backup: SecretBackup = {
      format: 1,
      current,
      versions: versions.map(({ content }) => ({
        properties: content.meta,
        value: Buffer.from(content.secret?.reveal() ?? []).toString('base64'),
      })),
    }
    return seal.sealBlob(scopeOf(container), PURPOSE, Buffer.from(JSON.stringify(backup)))
  },
})

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
    const backup = await openBackup(seal, scopeOf(container), blob())
    const current = backup.versions.find((one) => one.properties.version === backup.current)
    if (current === undefined) throw damaged('its current version is missing')
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
    unit.put<SecretHead>(headKey, { meta: { current: current.properties } })
    return current.properties
  },
})

/** The tenant's, not the vault's: a backup outlives its vault. */
function scopeOf({ tenant }: VaultRecord): string {
  return `tenant.${tenant}`
}

/** A blob that opens was made here, so its shape is trusted. */
async function openBackup(seal: Seal, scope: string, blob: Uint8Array): Promise<SecretBackup> {
  try {
    const opened = await seal.openBlob(scope, PURPOSE, blob)
    return JSON.parse(Buffer.from(opened).toString('utf8')) as SecretBackup
  } catch (thrown) {
    if (!isFault(thrown, 'RecordCorrupt')) throw thrown
    throw damaged('it is damaged, or was made by another server or tenant')
  }
}

function damaged(reason: string): Fault<'BackupInvalid'> {
  return new Fault('BackupInvalid', { kind: 'secret', reason })
}
