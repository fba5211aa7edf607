import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import type { Seal } from '../seal/seal.ts'
import { Secret } from '../seal/secret.ts'
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

/** Gives all versions of a secret as one sealed blob that only this tenant of this server can restore. */
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
    const versions = await unit.listAll<SecretVersion>(secretVersionPrefix(container, secret.name))
    if (versions.length > MAXIMUM_BACKUP_VERSIONS) {
      throw new Fault('InvalidInput', {
        property: 'secret-name',
        reason: `the secret has ${versions.length} versions, and at most ${MAXIMUM_BACKUP_VERSIONS} can be backed up`,
      })
    }
    const backup: SecretBackup = {
      format: 1,
      current: head.current.version,
      versions: versions.map(({ content }) => ({
        properties: content.meta,
        value: Buffer.from(content.secret?.reveal() ?? []).toString('base64'),
      })),
    }
    return seal.sealBlob(`tenant.${container.tenant}`, PURPOSE, Buffer.from(JSON.stringify(backup)))
  },
})

export interface RestoreSecretInput {
  readonly vault: string
  readonly blob: Uint8Array
}

/** Makes a secret from a backup, with its name and version ids; the name must not be in use. */
export const restoreSecret = operation<RestoreSecretInput, SecretVersion>({
  name: 'SecretRestore',
  permission: 'secrets/restore',
  writes: true,
  target: ({ vault }) => ({ vault }),
  auditId: (_input, output) => (output === undefined ? 'secrets' : `secrets/${output.name}/${output.version}`),

  async run({ unit, vault, seal }, { blob }) {
    const container = vault()
    const backup = await openBackup(seal, `tenant.${container.tenant}`, blob)
    const current = backup.versions.find((one) => one.properties.version === backup.current)
    if (current === undefined) throw damaged('its current version is missing')
    const { name } = current.properties
    const headKey = secretKey(container, name)
    const keys = backup.versions.map((one) => secretVersionKey(container, name, one.properties.version))
    const [head, deleted] = await unit.getMany([headKey, deletedSecretKey(container, name), ...keys])
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

/** A blob that opens was made here, so its shape is trusted. */
async function openBackup(seal: Seal, scope: string, blob: Uint8Array): Promise<SecretBackup> {
  let opened: Uint8Array
  try {
    opened = await seal.openBlob(scope, PURPOSE, blob)
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.code !== 'RecordCorrupt') throw thrown
    throw damaged('it is damaged, or was made by another server or tenant')
  }
  return JSON.parse(Buffer.from(opened).toString('utf8')) as SecretBackup
}

function damaged(reason: string): Fault<'BackupInvalid'> {
  return new Fault('BackupInvalid', { kind: 'secret', reason })
}
