import { rotationSeconds, type DescribedKey, type KeyPlace, type KeyVersion } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { keySpecOf, type KeyUsage } from '../key-specs.ts'
import type { ActionContext } from './action.ts'

type Answer = alibaba.shared.AnswerObject

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport'

export function keyStateOf({ head: { current }, deletion }: DescribedKey): KeyState {
  if (deletion !== undefined) return 'PendingDeletion'
  if (current.awaitsMaterial === true) return 'PendingImport'
  return current.enabled ? 'Enabled' : 'Disabled'
}

/** What a key is for; fixed when it is made over this wire, so it follows from what it may do. */
export function keyUsageOf({ spec, keyOperations }: KeyVersion): KeyUsage {
  if (spec.type === 'HMAC') return 'GENERATE_VERIFY_MAC'
  const signs = keyOperations.includes('sign') || keyOperations.includes('verify')
  const ciphers = keyOperations.includes('encrypt') || keyOperations.includes('decrypt')
  if (spec.type === 'EC' || spec.type === 'OKP') return ciphers && !signs ? 'ENCRYPT/DECRYPT' : 'SIGN/VERIFY'
  return signs && !ciphers ? 'SIGN/VERIFY' : 'ENCRYPT/DECRYPT'
}

/** The name of a key's kind; its own where this wire has none for it. */
export function keySpecName({ spec }: Pick<KeyVersion, 'spec'>): string {
  const known = keySpecOf(spec)?.name
  if (known !== undefined) return known
  return 'curve' in spec ? `${spec.type}_${spec.curve}` : `${spec.type}_${spec.bits}`
}

export function keyVersionId(keyId: string, { version }: KeyVersion): string {
  return alibaba.shared.formatKeyVersionId(keyId, version)
}

/** KeyMetadata, as CreateKey and DescribeKey answer it. */
export function keyMetadata(context: ActionContext, place: KeyPlace, described: DescribedKey): Answer {
  const { head, deletion } = described
  const { current } = head
  const { keyId } = place
  const isSymmetric = current.publicKey === undefined
  const rotation = rotationOf(described)
  return {
    KeyId: keyId,
    Arn: keyArn(context, keyId),
    Creator: context.account,
    CreationDate: time(head.created ?? current.created),
    Description: head.description ?? '',
    KeyState: keyStateOf(described),
    KeyUsage: keyUsageOf(current),
    KeySpec: keySpecName(current),
    Origin: current.external === true ? 'EXTERNAL' : 'Aliyun_KMS',
    ProtectionLevel: current.hsm ? 'HSM' : 'SOFTWARE',
    PrimaryKeyVersion:
      isSymmetric && current.awaitsMaterial !== true ? keyVersionId(keyId, current) : '',
    LastRotationDate: time(current.created),
    ...rotation,
    MaterialExpireTime:
      current.materialExpires === undefined ? '' : time(current.materialExpires),
    DeleteDate: deletion === undefined ? '' : time(deletion.scheduledPurgeAt),
    DKMSInstanceId: alibaba.shared.formatInstanceId(place.vault),
    DeletionProtection: head.deletionProtection === undefined ? 'Disabled' : 'Enabled',
    DeletionProtectionDescription: head.deletionProtection?.reason ?? '',
  }
}

function rotationOf({ head, deletion }: DescribedKey): Answer {
  const seconds = rotationSeconds(head)
  if (seconds === undefined) return { AutomaticRotation: 'Disabled' }
  const { created, enabled, awaitsMaterial } = head.current
  const rotates = enabled && awaitsMaterial !== true && deletion === undefined
  return {
    AutomaticRotation: rotates ? 'Enabled' : 'Suspended',
    RotationInterval: `${seconds}s`,
    NextRotationDate: time(created + seconds),
  }
}

export function keyArn({ region, account }: ActionContext, keyId: string): string {
  return alibaba.shared.formatResourceName({ region, account, kind: 'key', name: keyId })
}

export function time(seconds: number): string {
  return alibaba.shared.formatWireTime(seconds)
}
