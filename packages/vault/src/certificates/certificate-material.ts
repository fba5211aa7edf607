import type { KeyHandle } from '../crypto/provider.ts'
import { Fault } from '../fault.ts'
import { keyMaterialKey, keyVersionKey, type KeyVersion } from '../keys/key.ts'
import { handleId, makeKey } from '../keys/key-material.ts'
import type { OperationContext } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import type { CertificateHead } from './certificate.ts'
import type { CertificatePolicy } from './certificate-policy.ts'
import { specOf } from './complete-policy.ts'
import type { PendingKey } from './pending-certificate.ts'

/** The key of a version that is being made, and its material. */
export interface CertificateKeyPair {
  readonly key: PendingKey
  readonly material: Secret
}

/**
 * The key of the next version: that of the version before when the policy wants it and it still is
 * of the kind that the policy names, else a new one. Whether it may leave is part of its kind.
 */
export async function nextKeyPair(
  context: OperationContext,
  before: CertificateHead | undefined,
  policy: CertificatePolicy,
): Promise<CertificateKeyPair> {
  const spec = specOf(policy.key)
  const { exportable } = policy
  if (policy.reuseKey && before?.current.issued !== undefined) {
    const kept = await keptKeyPair(context, before)
    const isSameKind =
      JSON.stringify(policyKind(kept.key)) === JSON.stringify(policyKind({ spec })) &&
      kept.key.exportable === exportable
    if (isSameKind) return kept
  }
  const { publicKey, materialId, material } = await makeKey(context, () =>
    context.provider.create(spec),
  )
  if (publicKey === undefined) throw new TypeError('a key of a certificate has a public half')
  return { key: { spec, publicKey, hsm: policy.key.hsm, materialId, exportable }, material }
}

function policyKind({ spec }: Pick<PendingKey, 'spec'>): readonly unknown[] {
  if (spec.type === 'RSA') return [spec.type, spec.bits]
  return [spec.type, 'curve' in spec ? spec.curve : spec.bits]
}

async function keptKeyPair(
  { unit, vault }: Pick<OperationContext, 'unit' | 'vault'>,
  { current: { name, version } }: CertificateHead,
): Promise<CertificateKeyPair> {
  const container = vault()
  const materialKey = keyMaterialKey(container, name, version)
  const [found, material] = await unit.getMany<KeyVersion>([
    keyVersionKey(container, name, version),
    materialKey,
  ])
  const { spec, publicKey, hsm, materialId, exportable = false } = found?.meta ?? {}
  const isWhole = spec !== undefined && publicKey !== undefined && materialId !== undefined
  if (!isWhole || hsm === undefined || material?.secret === undefined) {
    throw new Fault('RecordCorrupt', { record: materialKey, reason: 'material missing' })
  }
  return { key: { spec, publicKey, hsm, materialId, exportable }, material: material.secret }
}

/** A key leaves when both let it: the policy it was made by, and the one its version is made by. */
export function mayLeave(
  policy: Pick<CertificatePolicy, 'exportable'>,
  key: Pick<PendingKey, 'exportable'>,
): boolean {
  return policy.exportable && key.exportable !== false
}

/** The handle that a key signs its own certificate or request by. */
export function pairHandle(vault: VaultRecord, { key, material }: CertificateKeyPair): KeyHandle {
  return {
    id: handleId(vault, key),
    spec: key.spec,
    publicKey: key.publicKey,
    // The provider wipes what it is given, and the record needs the material too.
    load: async () => new Secret(Uint8Array.from(material.reveal())),
  }
}
