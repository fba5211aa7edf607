import type { KmsConfig, OpenApiConfig } from '@claviger/client/alibaba'

/** A variable of the environment. @throws Error when it is not set. */
export function variable(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`Set ${name}.`)
  return value
}

/** The shared gateway. The access key is that of the environment, which the client reads itself. */
export function sharedGateway(): OpenApiConfig {
  const endpoint = process.env['ALIBABA_CLOUD_KMS_ENDPOINT']
  return {
    regionId: variable('ALIBABA_CLOUD_REGION_ID'),
    // Only for another server than the cloud's own in that region.
    ...(endpoint === undefined ? {} : { endpoint }),
  }
}

/** The instance, and the file of the client key that it knows. */
export function instance(): KmsConfig {
  return {
    protocol: 'https',
    clientKeyFile: variable('ALIBABA_CLOUD_KMS_CLIENT_KEY_FILE'),
    password: variable('ALIBABA_CLOUD_KMS_CLIENT_KEY_PASSWORD'),
    endpoint: variable('ALIBABA_CLOUD_KMS_INSTANCE_ENDPOINT'),
  }
}

/** The path of the certificates that sign the server's. */
export function caFile(): string {
  return variable('ALIBABA_CLOUD_KMS_CA_FILE')
}
