import type { GetSecretValueRequest, GetSecretValueResponseBody } from '../actions/secrets.ts'
import type { Transfer, TransferAnswer } from './transfer.ts'

/** GetSecretValue at an instance. */
export async function getSecretValue(
  { gateway, runtime }: Transfer,
  request: GetSecretValueRequest,
): Promise<TransferAnswer<GetSecretValueResponseBody>> {
  const { secretName, versionId = '', versionStage = '', fetchExtendedConfig = false } = request
  const { message, headers } = await gateway.call(
    'GetSecretValue',
    {
      SecretName: secretName,
      VersionId: versionId,
      VersionStage: versionStage,
      FetchExtendedConfig: fetchExtendedConfig,
    },
    runtime,
  )
  return {
    headers,
    body: {
      secretName: message.SecretName,
      secretType: message.SecretType,
      secretData: message.SecretData,
      secretDataType: message.SecretDataType,
      versionId: message.VersionId,
      versionStages: { versionStage: message.VersionStages },
      createTime: message.CreateTime,
      extendedConfig: message.ExtendedConfig,
      automaticRotation: message.AutomaticRotation,
      rotationInterval: message.RotationInterval,
      lastRotationDate: message.LastRotationDate,
      nextRotationDate: message.NextRotationDate,
      requestId: message.RequestId,
    },
  }
}
