import { isFault, Secret } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { stageOf } from '../../secret-stage-names.ts'
import type { ActionContext, Actions } from '../action.ts'
import { time } from '../answer-key.ts'
import { answerPage } from '../answer-page.ts'
import {
  rotation,
  secretDataType,
  secretName,
  secretType,
  versionId,
  versionStages,
} from '../answer-secret.ts'
import { refusalOf } from '../fault-refusal.ts'
import { readBatch, type BatchItem } from '../read-batch.ts'
import { readableSecret } from '../readable-secret.ts'
import { resolveSecret } from '../resolve-secret.ts'
import { secretContentType } from '../secret-content-type.ts'
import { newestFirst, stagesOfVersion } from '../secret-versions.ts'

type Answer = alibaba.shared.AnswerObject

/** Values of secrets, their versions and where these stand. */
export const SECRET_VALUE_ACTIONS: Actions<
  | 'GetSecretValue'
  | 'BatchGetSecretValue'
  | 'PutSecretValue'
  | 'ListSecretVersionIds'
  | 'UpdateSecretVersionStage'
> = {
  async GetSecretValue(request) {
    return await valueOf(request, request.parameters)
  },

  async BatchGetSecretValue(request) {
    const { denials, call } = request
    const items = readBatch(request.parameters.SecretsList)
    const SecretValues: Answer[] = []
    const Errors: Answer[] = []
    // One after the other: what the signature is good for once is claimed with the first.
    for (const item of items) {
      const read = (): Promise<Answer> => valueOf(request, item)
      try {
        SecretValues.push(
          denials === undefined
            ? await read()
            : await denials.guard(call.caller, 'BatchGetSecretValue', read),
        )
      } catch (thrown) {
        Errors.push(itemError(item, thrown))
      }
    }
    return { SecretValues, Errors }
  },

  async PutSecretValue(request) {
    const { SecretName, VersionId, SecretData, SecretDataType, VersionStages } = request.parameters
    const contentType = secretContentType(SecretDataType)
    const secret = await resolveSecret(request, SecretName, 'nameOrArn')
    const value = Secret.fromText(SecretData)
    const { head, version } = await request.vault.secrets
      .putVersion(request.call, {
        secret,
        value,
        label: VersionId,
        ofNoKind: true,
        ...(VersionStages === undefined ? {} : { stages: VersionStages.map(stageOf) }),
        ...(contentType === undefined ? {} : { contentType }),
      })
      .finally(() => value.wipe())
    return {
      SecretName: secretName(head),
      VersionId,
      VersionStages: versionStages(stagesOfVersion(head, version)),
    }
  },

  async ListSecretVersionIds(request) {
    const { SecretName, IncludeDeprecated } = request.parameters
    const secret = await resolveSecret(request, SecretName, 'nameOrArn')
    const found = await request.vault.secrets.describeVersions(request.call, { secret })
    const shown = found.filter(({ stages }) => IncludeDeprecated || stages.length > 0)
    const { items, paging } = answerPage(newestFirst(shown), request.parameters)
    const [first] = found
    return {
      SecretName: first === undefined ? secret.name : secretName(first.head),
      VersionIds: {
        VersionId: items.map(({ head, version, stages }) => ({
          VersionId: versionId(head, version),
          CreateTime: time(version.created),
          VersionStages: versionStages(stages),
        })),
      },
      ...paging,
    }
  },

  async UpdateSecretVersionStage(request) {
    const { SecretName, VersionStage, RemoveFromVersion, MoveToVersion } = request.parameters
    const secret = await resolveSecret(request, SecretName, 'nameOrArn')
    const head = await request.vault.secrets.moveStage(request.call, {
      secret,
      stage: stageOf(VersionStage),
      ...(RemoveFromVersion === undefined ? {} : { from: RemoveFromVersion }),
      ...(MoveToVersion === undefined ? {} : { to: MoveToVersion }),
    })
    return { SecretName: secretName(head) }
  },
}

async function valueOf(
  request: ActionContext,
  { SecretName, VersionId, VersionStage, FetchExtendedConfig = false }: BatchItem,
): Promise<Answer> {
  const secret = await resolveSecret(request, SecretName, 'nameOrArn')
  const staged = await request.vault.secrets.getStaged(request.call, {
    secret,
    ...(VersionId === undefined ? {} : { label: VersionId }),
    ...(VersionStage === undefined ? {} : { stage: stageOf(VersionStage) }),
  })
  const { head, version, value } = staged
  const SecretData = readableSecret(staged)
  value.wipe()
  return {
    SecretName: secretName(head),
    SecretType: secretType(head),
    SecretData,
    SecretDataType: secretDataType(version),
    VersionId: versionId(head, version),
    VersionStages: versionStages(stagesOfVersion(head, version)),
    CreateTime: time(version.created),
    ...(FetchExtendedConfig ? { ExtendedConfig: head.settings ?? '' } : {}),
    ...rotation(head),
  }
}

/** @throws what is wrong with the server or with the request, and so with every item. */
function itemError({ SecretName }: BatchItem, thrown: unknown): Answer {
  if (isFault(thrown, 'TooManyRequests') || isFault(thrown, 'RequestReplayed')) throw thrown
  const { code, message, status } = refusalOf(thrown)
  if (status >= 500) throw thrown
  return { SecretName, Code: code, HttpStatus: status, Message: message }
}
