// A certificate is one object with three faces: certificate, key and secret of one name and version.
// They are written, changed, deleted and recovered together, always in one commit.
import { Fault } from '../fault.ts'
import { demandObjectName } from '../object-name.ts'
import type { OperationContext } from '../operation.ts'
import {
  deletedKeyKey,
  keyKey,
  keyMaterialKey,
  keyVersionKey,
  type KeyHead,
  type KeyVersion,
} from '../keys/key.ts'
import { putKeyId } from '../keys/key-id.ts'
import type { KeyOperation } from '../keys/key-operations.ts'
import type { Secret } from '../seal/secret.ts'
import {
  deletedSecretKey,
  secretKey,
  secretVersionKey,
  type SecretHead,
  type SecretVersion,
} from '../secrets/secret.ts'
import {
  certificateKey,
  certificateVersionKey,
  deletedCertificateKey,
  type CertificateHead,
  type CertificateRef,
  type CertificateVersion,
} from './certificate.ts'
import { changeCertificateDues } from './certificate-due.ts'
import { mayLeave } from './certificate-material.ts'
import type { CertificatePolicy } from './certificate-policy.ts'
import { operationsOfUsage } from './key-usage.ts'
import type { PendingKey } from './pending-certificate.ts'

type Context = Pick<OperationContext, 'unit' | 'vault' | 'now'>

/** Words under `/certificates` that are no certificates. */
const RESERVED = ['contacts', 'issuers', 'restore']

/**
 * Makes sure that a certificate may get a new version, before one is made at some cost: that its
 * name is free among keys and secrets too.
 * @returns the head, `undefined` when it is a new one.
 * @throws Fault NameInvalid, ObjectInDeletedState, NameTaken
 */
export async function demandRoomForFaces(
  { unit, vault }: Pick<Context, 'unit' | 'vault'>,
  { name }: CertificateRef,
): Promise<CertificateHead | undefined> {
  demandObjectName(name)
  if (RESERVED.includes(name.toLowerCase())) throw new Fault('NameInvalid', { name })
  const container = vault()
  const [head, deleted, key, deletedKey, secret, deletedSecret] = await unit.getMany<unknown>([
    certificateKey(container, name),
    deletedCertificateKey(container, name),
    keyKey(container, name),
    deletedKeyKey(container, name),
    secretKey(container, name),
    deletedSecretKey(container, name),
  ])
  if (deleted !== undefined) throw new Fault('ObjectInDeletedState', { kind: 'certificate', name })
  if (deletedKey !== undefined) throw new Fault('ObjectInDeletedState', { kind: 'key', name })
  if (deletedSecret !== undefined) throw new Fault('ObjectInDeletedState', { kind: 'secret', name })
  // What stands under these keys was written as these types.
  const liveKey = key?.meta as KeyHead | undefined
  const liveSecret = secret?.meta as SecretHead | undefined
  if (liveKey !== undefined && liveKey.current.managed !== true) {
    throw new Fault('NameTaken', { kind: 'key', name })
  }
  if (liveSecret !== undefined && liveSecret.current.managed === undefined) {
    throw new Fault('NameTaken', { kind: 'secret', name })
  }
  return head?.meta as CertificateHead | undefined
}

/** A version that has all that its faces need. */
export interface NewFaces {
  readonly version: CertificateVersion
  readonly policy: CertificatePolicy
  readonly key: PendingKey
  readonly material: Secret
  /** The value of the secret, in the form of the policy. */
  readonly value: Secret
}

/**
 * Writes a new current version with its key and its secret. Their heads must have been read, as
 * `demandRoomForFaces` does.
 */
export async function putFaces(
  { unit, vault }: Context,
  before: CertificateHead | undefined,
  { version: current, policy, key, material, value }: NewFaces,
): Promise<void> {
  const container = vault()
  const { name, version } = current
  const after: CertificateHead = { current, policy }
  await changeCertificateDues(unit, container, before, after)
  unit.create<CertificateVersion>(certificateVersionKey(container, name, version), { meta: current })
  unit.put<CertificateHead>(certificateKey(container, name), { meta: after })

  const keyFace: KeyVersion = {
    ...mirrored(current),
    name,
    version,
    created: current.created,
    keyOperations: keyOperationsOf(policy, key),
    spec: key.spec,
    publicKey: key.publicKey,
    hsm: key.hsm,
    materialId: key.materialId,
    managed: true,
    exportable: mayLeave(policy, key),
  }
  unit.create(keyMaterialKey(container, name, version), { meta: {}, secret: material })
  unit.create<KeyVersion>(keyVersionKey(container, name, version), { meta: keyFace })
  const liveKey = await unit.get<KeyHead>(keyKey(container, name))
  const keyId = liveKey?.meta.keyId ?? (await putKeyId(unit, container, name))
  unit.put<KeyHead>(keyKey(container, name), { meta: { current: keyFace, keyId } })

  const previousVersion = before?.current.issued === undefined ? undefined : before.current.version
  const secretFace: SecretVersion = {
    ...mirrored(current),
    name,
    version,
    created: current.created,
    contentType: policy.contentType,
    managed: {
      keyVersion: version,
      ...(previousVersion === undefined ? {} : { previousVersion }),
    },
  }
  const secretFaceKey = secretVersionKey(container, name, version)
  unit.create<SecretVersion>(secretFaceKey, { meta: secretFace, secret: value })
  unit.put<SecretHead>(secretKey(container, name), { meta: { current: secretFace } })
}

/**
 * The key of an authority signs what its issuer issues, and nothing else: whoever may sign with keys
 * could make certificates past all records. One that may leave is its owner's to use anyway.
 */
function keyOperationsOf(
  { x509, exportable }: CertificatePolicy,
  { spec }: PendingKey,
): readonly KeyOperation[] {
  if (x509.ca !== undefined && !exportable) return []
  return operationsOfUsage(x509.keyUsage, spec)
}

/** What key and secret say as the certificate says it. */
export function mirrored(
  version: CertificateVersion,
): Pick<KeyVersion, 'enabled' | 'notBefore' | 'expires' | 'tags' | 'updated'> {
  const { enabled, notBefore, expires, tags, updated } = version
  return { enabled, notBefore, expires, updated, ...(tags === undefined ? {} : { tags }) }
}
