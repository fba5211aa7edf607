import type { KeyHandle } from '../crypto/provider.ts'
import { Fault, isFault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import { deleteAliasesOf } from '../keys/aliases.ts'
import {
  deletedKeyKey,
  keyMaterialPrefix,
  keyVersionPrefix,
  type DeletedKeyHead,
} from '../keys/key.ts'
import { deleteKeyId } from '../keys/key-id.ts'
import { destroyKey, handlesOfVersions } from '../keys/purge-key.ts'
import { PURGE_PAGE_RECORDS, type PurgeProgress } from '../purge-page.ts'
import {
  deletedSecretKey,
  secretVersionPrefix,
  type DeletedSecretHead,
} from '../secrets/secret.ts'
import {
  certificateTarget,
  certificateVersionPrefix,
  deletedCertificateKey,
  type CertificateRef,
  type DeletedCertificateHead,
} from './certificate.ts'
import { changeCertificateDues } from './certificate-due.ts'
import { waitingKey } from './destroy-waiting-key.ts'
import { pendingCertificateKey, type PendingCertificate } from './pending-certificate.ts'
import { readDeletedCertificate } from './read-certificate.ts'

/** A version has four records: certificate, key, material of the key, secret. */
const LIMIT = PURGE_PAGE_RECORDS / 4

/**
 * Destroys a deleted certificate with its keys and secrets for good, in the provider too. Very many
 * versions take several calls; the answer says whether it is done. From the first call on nothing
 * can bring it back, and should the others never come, the scheduler makes them.
 * Under purge protection only the server itself may, once the retention is over.
 */
export const purgeCertificate = operation<
  { readonly certificate: CertificateRef },
  PurgeProgress
>({
  name: 'CertificatePurge',
  permission: 'certificates/purge',
  writes: true,
  target: certificateTarget,

  async run(context, { certificate }) {
    const { unit, vault, caller, now, provider, commitThrough, commitUnit } = context
    const container = vault()
    const { name } = certificate
    const deleted = await readDeletedCertificate(unit, container, certificate, { purgingToo: true })
    const retained = now < deleted.scheduledPurgeAt
    if (container.purgeProtection && (retained || caller.kind !== 'system')) {
      throw new Fault('PurgeProtected', { vault: container.name, location: container.location })
    }
    const faces = await deletedFaces(context, name)
    const handles = faces.key ? [...(await handlesOfVersions(context, name, LIMIT))] : []
    const prefixes = [
      certificateVersionPrefix(container, name),
      ...(faces.key ? [keyVersionPrefix(container, name), keyMaterialPrefix(container, name)] : []),
      ...(faces.secret ? [secretVersionPrefix(container, name)] : []),
    ]
    let done = true
    for (const prefix of prefixes) {
      const records = await unit.claim(prefix, { limit: LIMIT })
      for (const one of records) unit.delete(one)
      if (records.length >= LIMIT) done = false
    }
    if (done) handles.push(...(await keyOfPending(context, name)))
    if (done) await putPurged(context, deleted, faces)
    else if (deleted.purging !== true) await putPurging(context, deleted, faces)
    commitThrough(async (audit) => {
      await commitUnit(audit)
      for (const handle of handles) await destroyKey(provider, handle)
    })
    return { done }
  },
})

interface Faces {
  readonly key: boolean
  readonly secret: boolean
}

/** Which of its faces there are; something else of that name is not the certificate's to purge. */
async function deletedFaces({ unit, vault }: OperationContext, name: string): Promise<Faces> {
  const key = await unit.get<DeletedKeyHead>(deletedKeyKey(vault(), name))
  const secret = await unit.get<DeletedSecretHead>(deletedSecretKey(vault(), name))
  return {
    key: key?.meta.current.managed === true,
    secret: secret?.meta.current.managed !== undefined,
  }
}

/** The key of a version that waits, before its record goes with the certificate. */
async function keyOfPending(context: OperationContext, name: string): Promise<readonly KeyHandle[]> {
  const { unit, vault } = context
  const found = unit.get<PendingCertificate>(pendingCertificateKey(vault(), name))
  // A damaged record names no key that could be destroyed, and must not outlive the purge.
  const pending = await found.catch(noneOfADamaged)
  const handle = pending && (await waitingKey(context, pending))
  return handle === undefined ? [] : [handle]
}

function noneOfADamaged(thrown: unknown): undefined {
  if (!isFault(thrown, 'RecordCorrupt')) throw thrown
}

async function putPurged(
  { unit, vault }: OperationContext,
  deleted: DeletedCertificateHead,
  faces: Faces,
): Promise<void> {
  const { name } = deleted.current
  const container = vault()
  await changeCertificateDues(unit, container, deleted, undefined)
  await unit.claimOne(pendingCertificateKey(container, name))
  unit.delete(pendingCertificateKey(container, name))
  unit.delete(deletedCertificateKey(container, name))
  if (faces.key) {
    const key = await unit.get<DeletedKeyHead>(deletedKeyKey(container, name))
    await deleteKeyId(unit, container, key?.meta.keyId)
    await deleteAliasesOf(unit, container, name)
    unit.delete(deletedKeyKey(container, name))
  }
  if (faces.secret) unit.delete(deletedSecretKey(container, name))
}

/** From now on it is the scheduler's, too. */
async function putPurging(
  { unit, vault, now }: OperationContext,
  deleted: DeletedCertificateHead,
  faces: Faces,
): Promise<void> {
  const { name } = deleted.current
  const container = vault()
  const over = { scheduledPurgeAt: now, purging: true } as const
  const purging: DeletedCertificateHead = { ...deleted, ...over }
  await changeCertificateDues(unit, container, deleted, purging)
  unit.put<DeletedCertificateHead>(deletedCertificateKey(container, name), { meta: purging })
  const key = await unit.get<DeletedKeyHead>(deletedKeyKey(container, name))
  if (faces.key && key !== undefined) {
    unit.put<DeletedKeyHead>(deletedKeyKey(container, name), { meta: { ...key.meta, ...over } })
  }
  const secretAt = deletedSecretKey(container, name)
  const secret = await unit.get<DeletedSecretHead>(secretAt)
  if (faces.secret && secret !== undefined) {
    unit.put<DeletedSecretHead>(secretAt, { meta: { ...secret.meta, ...over } })
  }
}
