import { alibaba } from '@claviger/wire'
import { isSecretName, secretObjectName } from '../../secret-object-name.ts'
import { stageName, stageOf } from '../../secret-stage-names.ts'
import { time } from '../../shared/answer-key.ts'
import {
  rotation,
  secretDataType,
  secretName,
  secretType,
  versionId,
} from '../../shared/answer-secret.ts'
import { readableSecret } from '../../shared/readable-secret.ts'
import { stagesOfVersion } from '../../shared/secret-versions.ts'
import type { InstanceOperations } from '../instance-operation.ts'

const { Refusal } = alibaba.instance

/** Secrets of the instance. */
export const SECRET_OPERATIONS: InstanceOperations<'GetSecretValue'> = {
  async GetSecretValue({ vault, call, instance, message }) {
    const { SecretName, VersionId, VersionStage, FetchExtendedConfig } = message
    if (!isSecretName(SecretName)) throw new Refusal('ParameterInvalid', {})
    const staged = await vault.secrets.getStaged(call, {
      secret: { vault: instance, name: secretObjectName(SecretName) },
      ...(VersionId === '' ? {} : { label: VersionId }),
      ...(VersionStage === '' ? {} : { stage: stageOf(VersionStage) }),
    })
    const { head, version, value } = staged
    return {
      message: {
        SecretName: secretName(head),
        SecretType: secretType(head),
        SecretData: readableSecret(staged),
        SecretDataType: secretDataType(version),
        VersionStages: stagesOfVersion(head, version).map(stageName),
        VersionId: versionId(head, version),
        CreateTime: time(version.created),
        ...rotation(head),
        ...(FetchExtendedConfig ? { ExtendedConfig: head.settings ?? '' } : {}),
      },
      shown: value,
    }
  },
}
