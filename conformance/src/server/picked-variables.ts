import type { TestServer } from './test-server.ts'

/** What signs in as the managed identity. */
export const IDENTITY = ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER'] as const
/** What signs in as an application, beside the tenant. */
export const CLIENT_SECRET = ['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET'] as const
/** What is told of the gateways of Alibaba Cloud. */
export const ALIBABA = [
  'ALIBABA_CLOUD_ACCESS_KEY_ID',
  'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  'ALIBABA_CLOUD_REGION_ID',
  'ALIBABA_CLOUD_KMS_ENDPOINT',
  'ALIBABA_CLOUD_KMS_INSTANCE_ENDPOINT',
  'ALIBABA_CLOUD_KMS_CLIENT_KEY_FILE',
  'ALIBABA_CLOUD_KMS_CLIENT_KEY_PASSWORD',
  'ALIBABA_CLOUD_KMS_CA_FILE',
] as const

/** Some of the variables that a file of the server has. */
export function picked(
  server: TestServer,
  file: Parameters<TestServer['variables']>[0],
  names: readonly string[],
): Readonly<Record<string, string>> {
  const all = server.variables(file)
  return Object.fromEntries(names.map((name) => [name, all[name] ?? '']))
}
