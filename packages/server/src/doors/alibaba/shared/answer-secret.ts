import {
  labelOfVersion,
  type DescribedSecret,
  type SecretHead,
  type SecretVersion,
  type Stage,
} from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { stageName } from '../secret-stage-names.ts'
import type { ActionContext } from './action.ts'
import { time } from './answer-key.ts'
import { BINARY, GENERIC } from './secret-types.ts'

type Answer = alibaba.shared.AnswerObject

/** As its maker wrote it. */
export function secretName({ writtenName, current }: SecretHead): string {
  return writtenName ?? current.name
}

export function secretArn({ region, account }: ActionContext, name: string): string {
  return alibaba.shared.formatResourceName({ region, account, kind: 'secret', name })
}

export function secretType({ kind }: SecretHead): string {
  return kind ?? GENERIC
}

/** What the value of a version is said to be. */
export function secretDataType({ contentType }: SecretVersion): string {
  return contentType === BINARY ? 'binary' : 'text'
}

export function versionStages(stages: readonly Stage[]): Answer {
  return { VersionStage: stages.map(stageName) }
}

/** The name of a version: that of its maker, else its id. */
export function versionId(head: SecretHead, { version }: SecretVersion): string {
  return labelOfVersion(head, version)
}

/**
 * How a secret is made anew. Nothing here reaches the account of one that has a type, so what is
 * wished for does not come about: `Invalid`, as the service says of a rotation that fails.
 */
export function rotation({ kind, rotation: wish }: SecretHead): Answer {
  if (kind === undefined) return { AutomaticRotation: 'Disabled' }
  const { intervalSeconds } = wish ?? {}
  return {
    AutomaticRotation: wish?.automatic === true ? 'Invalid' : 'Disabled',
    ...(intervalSeconds === undefined ? {} : { RotationInterval: `${intervalSeconds}s` }),
    LastRotationDate: '',
    NextRotationDate: '',
  }
}

export function tags({ current }: SecretHead): Answer {
  const entries = Object.entries(current.tags ?? {})
  return { Tag: entries.map(([TagKey, TagValue]) => ({ TagKey, TagValue })) }
}

/** What a list and a description say alike. */
export function secretSummary({ head, deletion }: DescribedSecret): Answer {
  const { current, created = current.created, updated = 0 } = head
  return {
    SecretName: secretName(head),
    SecretType: secretType(head),
    CreateTime: time(created),
    UpdateTime: time(Math.max(created, updated, current.updated)),
    PlannedDeleteTime: deletion === undefined ? '' : time(deletion.scheduledPurgeAt),
  }
}

/** Everything of a secret but its values and tags. */
export function secretMetadata(
  context: ActionContext,
  vault: string,
  described: DescribedSecret,
): Answer {
  const { head } = described
  return {
    Arn: secretArn(context, secretName(head)),
    ...secretSummary(described),
    Description: head.description ?? '',
    EncryptionKeyId: head.encryptionKey?.keyId ?? '',
    DKMSInstanceId: alibaba.shared.formatInstanceId(vault),
    ...rotation(head),
    ExtendedConfig: head.settings ?? '',
  }
}
