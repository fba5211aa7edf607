import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { invalidInput } from '../invalid-input.ts'
import { backupInvalid, openBackup, sealBackup } from '../object-backup.ts'
import { operation, type OperationContext } from '../operation.ts'
import {
  keyKey,
  keyMaterialKey,
  keyVersionKey,
  type KeyHead,
  type KeyVersion,
} from '../keys/key.ts'
import { putKeyId } from '../keys/key-id.ts'
import { Secret } from '../seal/secret.ts'
import {
  secretKey,
  secretVersionKey,
  type SecretHead,
  type SecretVersion,
} from '../secrets/secret.ts'
import {
  certificateKey,
  certificateTarget,
  certificateVersionKey,
  certificateVersionPrefix,
  type CertificateHead,
  type CertificateRef,
  type CertificateVersion,
  type ShownCertificate,
} from './certificate.ts'
import { changeCertificateDues } from './certificate-due.ts'
import { demandRoomForFaces } from './certificate-faces.ts'
import type { CertificatePolicy } from './certificate-policy.ts'
import { certificateNotFound, readCertificateHead } from './read-certificate.ts'

/** A version has more to it than a secret's, and a blob has to pass as one request. */
const MAXIMUM_BACKUP_VERSIONS = 250

/** Sealed and in base64 it is a third more, and a restore takes 32 MiB. */
const MAXIMUM_BACKUP_CHARACTERS = 22 * 1024 * 1024

interface SavedVersion {
  readonly certificate: CertificateVersion
  readonly key: KeyVersion
  readonly material: string
  readonly secret: SecretVersion
  readonly value: string
}

/** What a backup holds once opened. */
interface CertificateBackup {
  readonly format: 1
  readonly current: string
  readonly policy: CertificatePolicy
  readonly versions: readonly SavedVersion[]
}

/**
 * Gives all versions of a certificate, with keys and secrets, as one sealed blob that only its
 * tenant here can restore. A pending operation is not part of it.
 */
export const backupCertificate = operation<{ readonly certificate: CertificateRef }, Uint8Array>({
  name: 'CertificateBackup',
  permission: 'certificates/backup',
  writes: false,
  target: certificateTarget,

  async run(context, { certificate }) {
    const { unit, vault, seal } = context
    const container = vault()
    const { current, policy } = await readCertificateHead(unit, container, certificate)
    if (current.issued === undefined) {
      throw invalidInput('certificate-name', 'it has no version yet; merge or recreate it first')
    }
    const prefix = certificateVersionPrefix(container, certificate.name)
    const page = { limit: MAXIMUM_BACKUP_VERSIONS + 1 }
    const found = await unit.list<CertificateVersion>(prefix, page)
    if (found.length > MAXIMUM_BACKUP_VERSIONS) {
      const reason = `at most ${MAXIMUM_BACKUP_VERSIONS} versions can be backed up, and it has more`
      throw invalidInput('certificate-name', reason)
    }
    const versions: SavedVersion[] = []
    let characters = 0
    for (const { content } of found) {
      const version = await saved(context, content.meta)
      versions.push(version)
      characters += JSON.stringify(version).length
      if (characters > MAXIMUM_BACKUP_CHARACTERS) {
        throw invalidInput('certificate-name', 'its versions are too large for one backup together')
      }
    }
    if (!versions.some((one) => one.certificate.version === current.version)) {
      throw certificateNotFound(certificate)
    }
    const backup: CertificateBackup = { format: 1, current: current.version, policy, versions }
    return sealBackup(seal, container, 'certificate', backup)
  },
})

/** Purged since it was listed, it is not found; without one of its faces it could not be restored. */
async function saved(
  { unit, vault }: OperationContext,
  certificate: CertificateVersion,
): Promise<SavedVersion> {
  const container = vault()
  const { name, version } = certificate
  const key = await unit.get<KeyVersion>(keyVersionKey(container, name, version))
  const material = await unit.get(keyMaterialKey(container, name, version))
  const secret = await unit.get<SecretVersion>(secretVersionKey(container, name, version))
  if (key === undefined || material?.secret === undefined || secret?.secret === undefined) {
    throw certificateNotFound({ vault: container.name, name, version })
  }
  return {
    certificate,
    key: key.meta,
    material: text(material.secret),
    secret: secret.meta,
    value: text(secret.secret),
  }
}

function text(secret: Secret): string {
  const encoded = Buffer.from(secret.reveal()).toString('base64')
  secret.wipe()
  return encoded
}

export interface RestoreCertificateInput {
  readonly vault: string
  /** Decodes the backup, once the caller is allowed to restore; what it throws is the answer. */
  readonly blob: () => Uint8Array
}

/** Makes a certificate from a backup, with its name and version ids; the name must be free. */
export const restoreCertificate = operation<RestoreCertificateInput, ShownCertificate>({
  name: 'CertificateRestore',
  permission: 'certificates/restore',
  writes: true,
  target: ({ vault }) => ({ vault }),
  auditId: (_input, output) =>
    output === undefined
      ? 'certificates'
      : `certificates/${output.properties.name}/${output.properties.version}`,

  async run(context, { blob }) {
    const { unit, vault, seal } = context
    const container = vault()
    const backup = await openBackup<CertificateBackup>(seal, container, 'certificate', blob())
    const current = backup.versions.find((one) => one.certificate.version === backup.current)
    if (current === undefined) throw backupInvalid('certificate', 'its current version is missing')
    const { name } = current.certificate
    const before = await demandRoomForFaces(context, { vault: container.name, name })
    if (before !== undefined) throw new Fault('ObjectExists', { kind: 'certificate', name })
    const head: CertificateHead = { current: current.certificate, policy: backup.policy }
    await changeCertificateDues(unit, container, undefined, head)
    unit.put<CertificateHead>(certificateKey(container, name), { meta: head })
    for (const one of backup.versions) {
      const isCurrent = one === current
      await putRestored(context, one, isCurrent)
    }
    return { properties: current.certificate, policy: backup.policy, pending: false }
  },
})

async function putRestored(
  { unit, vault }: OperationContext,
  { certificate, key, material, secret, value }: SavedVersion,
  isCurrent: boolean,
): Promise<void> {
  const container = vault()
  const { name, version } = certificate
  // New: what is cached under the old one may belong to a key that lives elsewhere.
  const face: KeyVersion = { ...key, materialId: randomHexId() }
  const at = {
    certificate: certificateVersionKey(container, name, version),
    key: keyVersionKey(container, name, version),
    material: keyMaterialKey(container, name, version),
    secret: secretVersionKey(container, name, version),
  }
  await unit.getMany(Object.values(at))
  unit.put<CertificateVersion>(at.certificate, { meta: certificate })
  unit.put<KeyVersion>(at.key, { meta: face })
  unit.put(at.material, { meta: {}, secret: new Secret(Buffer.from(material, 'base64')) })
  unit.put<SecretVersion>(at.secret, {
    meta: secret,
    secret: new Secret(Buffer.from(value, 'base64')),
  })
  if (!isCurrent) return
  const keyId = await putKeyId(unit, container, name)
  unit.put<KeyHead>(keyKey(container, name), { meta: { current: face, keyId } })
  unit.put<SecretHead>(secretKey(container, name), { meta: { current: secret } })
}
