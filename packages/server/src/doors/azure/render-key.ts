import type {
  Decrypted,
  DeletedKeyHead,
  Encrypted,
  KeyRotationPolicy,
  KeyVersion,
  PublicKey,
  Secret,
} from '@claviger/vault'
import { azure } from '@claviger/wire'
import { curveName } from '../../rest/curve-names.ts'
import { recoveryLevel } from '../../rest/recovery-level.ts'
import type { Showcase } from './render-secret.ts'

/** Where a key is shown, and to a client of which api-version. */
export interface KeyShowcase extends Showcase {
  readonly apiVersion: string
}

/** One version of a key with its public half. */
export function keyBundle(at: KeyShowcase, key: KeyVersion): azure.KeyBundle {
  const { kid, ...item } = keyItem(at, key, key.version)
  return { key: jsonWebKey(kid, key), ...item }
}

/** A key in a list; `version` is part of its id in the list of versions alone. */
export function keyItem(at: KeyShowcase, key: KeyVersion, version?: string): azure.KeyItem {
  return azure.omitUndefined({
    kid: azure.objectId(at.origin, 'keys', key.name, version),
    attributes: attributes(at, key),
    tags: key.tags,
    managed: key.managed,
  })
}

/** A deleted key; its id has the version that was current. */
export function deletedKeyBundle(at: KeyShowcase, deleted: DeletedKeyHead): azure.DeletedKeyBundle {
  return { ...deletion(at, deleted), ...keyBundle(at, deleted.current) }
}

/** A deleted key in a list; its id has no version. */
export function deletedKeyItem(at: KeyShowcase, deleted: DeletedKeyHead): azure.DeletedKeyItem {
  return { ...deletion(at, deleted), ...keyItem(at, deleted.current) }
}

/** What encrypting and wrapping give; `aad` comes back where a tag covers it. */
export function encryptionResult(
  at: Showcase,
  { key, ciphertext, iv, tag }: Encrypted,
  additionalData: Uint8Array | undefined,
): azure.KeyOperationResult {
  return azure.omitUndefined({
    kid: versionId(at, key),
    value: azure.encodeBase64url(ciphertext),
    iv: iv && azure.encodeBase64url(iv),
    tag: tag && azure.encodeBase64url(tag),
    aad: additionalData && azure.encodeBase64url(additionalData),
  })
}

// Octets that leave are wiped once they stand in the answer.

/** What decrypting and unwrapping give. */
export function decryptionResult(
  at: Showcase,
  { key, plaintext }: Decrypted,
): azure.KeyOperationResult {
  const value = azure.encodeBase64url(plaintext.reveal())
  plaintext.wipe()
  return { kid: versionId(at, key), value }
}

export function randomBytesResult(octets: Secret): azure.RandomBytesResult {
  const value = azure.encodeBase64url(octets.reveal())
  octets.wipe()
  return { value }
}

/** The id of one version, as `kid` names it. */
export function versionId({ origin }: Showcase, { name, version }: KeyVersion): string {
  return azure.objectId(origin, 'keys', name, version)
}

export function rotationPolicyBundle(
  { origin }: Showcase,
  { name, policy }: KeyRotationPolicy,
): azure.KeyRotationPolicyBundle {
  const { lifetimeActions, expiryTime, created, updated } = policy
  return {
    id: `${azure.objectId(origin, 'keys', name)}/rotationpolicy`,
    lifetimeActions: lifetimeActions.map(({ type, ...trigger }) => ({ trigger, action: { type } })),
    attributes: azure.omitUndefined({ expiryTime, created, updated }),
  }
}

function jsonWebKey(kid: string, key: KeyVersion): azure.JsonWebKey {
  const { spec, hsm, keyOperations, publicKey } = key
  const kty = hsm ? `${spec.type}-HSM` : spec.type
  return { kid, kty, key_ops: keyOperations, ...publicMembers(publicKey) }
}

type PublicMembers = Pick<azure.JsonWebKey, 'n' | 'e' | 'crv' | 'x' | 'y'>

function publicMembers(key: PublicKey | undefined): PublicMembers {
  switch (key?.kty) {
    case undefined:
      return {}
    case 'RSA':
      return { n: key.n, e: key.e }
    case 'EC':
      return { crv: curveName(key.crv), x: key.x, y: key.y }
    case 'OKP':
      return { crv: curveName(key.crv), x: key.x }
  }
}

function deletion({ origin }: Showcase, deleted: DeletedKeyHead): azure.Deletion {
  return {
    recoveryId: azure.objectId(origin, 'deletedkeys', deleted.current.name),
    deletedDate: deleted.deletedAt,
    scheduledPurgeDate: deleted.scheduledPurgeAt,
  }
}

function attributes({ container, apiVersion }: KeyShowcase, key: KeyVersion): azure.KeyAttributes {
  return azure.omitUndefined({
    enabled: key.enabled,
    nbf: key.notBefore,
    exp: key.expires,
    created: key.created,
    updated: key.updated,
    recoveryLevel: recoveryLevel(container),
    recoverableDays: container.retentionDays,
    exportable: false,
    hsmPlatform: '0',
    key_size: key.spec.type === 'oct' && showsKeySize(apiVersion) ? key.spec.bits : undefined,
  })
}

function showsKeySize(apiVersion: string): boolean {
  const served = azure.apiVersionFor(apiVersion)
  return served !== undefined && azure.isApiVersionAtLeast(served, '2026-01-01-preview')
}
