import { isFault, type KeyPlace } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { randomBytes } from 'node:crypto'
import { KEY_SPECS, type KeySpecRow, type KeyUsage } from '../../key-specs.ts'
import type { ActionContext, Actions } from '../action.ts'
import { keyArn, keyMetadata } from '../answer-key.ts'
import { instanceVaultName } from '../instance-vault-name.ts'
import { policyOf } from '../policy-document.ts'
import { keyRef, resolveKey } from '../resolve-key.ts'
import { rotationInterval } from '../rotation-interval.ts'
import { stateModified } from '../state-modified.ts'
import { tagsParameter } from '../tags.ts'

const { invalidParameter, missingParameter } = alibaba.shared

/** What a key of each usage may be asked to do. */
const OPERATIONS: Readonly<Record<KeyUsage, readonly string[]>> = {
  'ENCRYPT/DECRYPT': ['encrypt', 'decrypt'],
  'SIGN/VERIFY': ['sign', 'verify'],
  GENERATE_VERIFY_MAC: ['sign', 'verify'],
}

const MAXIMUM_TAGS = 20

/** Making, describing, disabling and deleting keys. */
export const KEY_ACTIONS: Actions<
  | 'CreateKey'
  | 'DescribeKey'
  | 'UpdateKeyDescription'
  | 'EnableKey'
  | 'DisableKey'
  | 'ScheduleKeyDeletion'
  | 'CancelKeyDeletion'
  | 'SetDeletionProtection'
> = {
  async CreateKey(request) {
    const { vault, call, parameters } = request
    const { KeySpec = 'Aliyun_AES_256', Description, Policy, Tags = [] } = parameters
    const row = Object.hasOwn(KEY_SPECS, KeySpec) ? KEY_SPECS[KeySpec] : undefined
    if (row === undefined) {
      throw invalidParameter('KeySpec', `must be one of ${Object.keys(KEY_SPECS).join(', ')}`)
    }
    const usage = usageOf(row, parameters.KeyUsage)
    const external = isExternal(row, parameters.Origin)
    const container = instanceVault(request, parameters.DKMSInstanceId)
    const rotationSeconds = rotationInterval(parameters)
    const key = { vault: container, name: newKeyName() }
    const owner = { object: 'key', arn: keyArn(request, key.name) } as const
    await vault.keys
      .create(call, {
        key,
        spec: row.spec,
        hsm: parameters.ProtectionLevel === 'HSM',
        keyOperations: OPERATIONS[usage],
        ...(Description === undefined ? {} : { description: Description }),
        ...(external ? { external } : {}),
        ...(rotationSeconds === undefined ? {} : { rotationSeconds }),
        ...(Policy === undefined ? {} : { policy: policyOf(request, owner, Policy) }),
        ...(Tags.length === 0 ? {} : { tags: tagsParameter(Tags), maximumTags: MAXIMUM_TAGS }),
      })
      .catch(notRotatable)
    return { KeyMetadata: await metadata(request, await resolveKey(request, key.name)) }
  },

  async DescribeKey(request) {
    const place = await resolveKey(request, request.parameters.KeyId)
    return { KeyMetadata: await metadata(request, place) }
  },

  async UpdateKeyDescription(request) {
    const { KeyId, Description } = request.parameters
    const key = keyRef(await resolveKey(request, KeyId, 'id'))
    await request.vault.keys.setDescription(request.call, { key, description: Description })
    return {}
  },

  async EnableKey(request) {
    return await setEnabled(request, request.parameters.KeyId, true)
  },

  async DisableKey(request) {
    return await setEnabled(request, request.parameters.KeyId, false)
  },

  async ScheduleKeyDeletion(request) {
    const { KeyId, PendingWindowInDays } = request.parameters
    const key = keyRef(await resolveKey(request, KeyId, 'id'))
    await request.vault.keys
      .delete(request.call, { key, retentionDays: PendingWindowInDays })
      .catch(stateModified)
    return {}
  },

  async CancelKeyDeletion(request) {
    const key = keyRef(await resolveKey(request, request.parameters.KeyId, 'id'))
    try {
      await request.vault.keys.recover(request.call, { key, enables: true })
    } catch (thrown) {
      if (!isFault(thrown, 'DeletedObjectNotFound')) throw thrown
      throw new alibaba.shared.KmsRefusal('Rejected.StateModifiedFailed')
    }
    return {}
  },

  async SetDeletionProtection(request) {
    const { vault, call, parameters } = request
    const { ProtectedResourceArn, KeyId = ProtectedResourceArn } = parameters
    if (KeyId === undefined) throw missingParameter('ProtectedResourceArn')
    const { EnableDeletionProtection, DeletionProtectionDescription } = parameters
    await vault.keys.setDeletionProtection(call, {
      key: keyRef(await resolveKey(request, KeyId, 'id')),
      isProtected: EnableDeletionProtection,
      ...(DeletionProtectionDescription === undefined
        ? {}
        : { reason: DeletionProtectionDescription }),
    })
    return {}
  },
}

/** Rotation of a key that has none is, of a new key, an action that is not supported. */
function notRotatable(thrown: unknown): never {
  if (!isFault(thrown, 'KeyNotRotatable')) throw thrown
  const recommend = `The key cannot be rotated by itself: ${thrown.detail.reason}.`
  throw new alibaba.shared.KmsRefusal('UnsupportedOperation', { recommend })
}

function usageOf(row: KeySpecRow, asked: string | undefined): KeyUsage {
  const [standard = 'ENCRYPT/DECRYPT'] = row.usages
  const usage = asked === undefined ? standard : row.usages.find((one) => one === asked)
  if (usage !== undefined) return usage
  throw invalidParameter('KeyUsage', `must be ${row.usages.join(' or ')} for this KeySpec`)
}

/** @throws KmsRefusal for an origin that there is not, or not for this kind of key. */
function isExternal(row: KeySpecRow, origin = 'Aliyun_KMS'): boolean {
  if (origin === 'Aliyun_KMS') return false
  if (origin !== 'EXTERNAL') throw invalidParameter('Origin', 'must be Aliyun_KMS or EXTERNAL')
  if (row.spec.type === 'oct' || row.spec.type === 'SM4') return true
  throw new alibaba.shared.KmsRefusal('UnsupportedOperation', {
    recommend: 'Only symmetric keys can have their material imported.',
  })
}

/** The vault of an instance; the home vault where none is named. */
export function instanceVault({ settings }: ActionContext, instance: string | undefined): string {
  return instance === undefined ? settings.homeVault : instanceVaultName(instance)
}

/** A name of the form of key ids, so that it is the key's id too. */
function newKeyName(): string {
  const digits = BigInt(`0x${randomBytes(16).toString('hex')}`).toString(36).padStart(21, '0')
  return `key-${digits.slice(-21)}`
}

async function metadata(request: ActionContext, place: KeyPlace): Promise<alibaba.shared.AnswerObject> {
  const described = await request.vault.keys.describe(request.call, { key: keyRef(place) })
  return keyMetadata(request, place, described)
}

async function setEnabled(
  request: ActionContext,
  keyId: string,
  enabled: boolean,
): Promise<alibaba.shared.AnswerObject> {
  const key = keyRef(await resolveKey(request, keyId, 'id'))
  await request.vault.keys.setEnabled(request.call, { key, enabled }).catch(stateModified)
  return {}
}
