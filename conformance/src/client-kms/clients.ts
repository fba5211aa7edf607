import { KmsClient, type KmsClientOptions, type KmsConfig } from '@claviger/client/alibaba'
import { nodePlatform } from '@claviger/client/node'
import { variable } from '../programs/step.ts'

// The library's own client, by what `connect.env` says.

/** The shared gateway; the access key comes from the environment. */
export const config = {
  regionId: variable('ALIBABA_CLOUD_REGION_ID'),
  endpoint: variable('ALIBABA_CLOUD_KMS_ENDPOINT'),
}

/** The instance and its client key. */
export const kmsConfig: KmsConfig = {
  endpoint: variable('ALIBABA_CLOUD_KMS_INSTANCE_ENDPOINT'),
  clientKeyFile: variable('ALIBABA_CLOUD_KMS_CLIENT_KEY_FILE'),
  password: variable('ALIBABA_CLOUD_KMS_CLIENT_KEY_PASSWORD'),
}

export const caFile: string = variable('ALIBABA_CLOUD_KMS_CA_FILE')

/** A client of both gateways, unless told otherwise. */
export function kms(options: Partial<KmsClientOptions> = {}): KmsClient {
  return new KmsClient({ config, kmsConfig, platform: nodePlatform, ...options })
}
