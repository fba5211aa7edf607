import kms from '@alicloud/kms20160120'
import { variable } from '../step.ts'

type KmsClient = InstanceType<typeof kms.default>

/** Whatever the client is told besides; what `connect.env` says unless said. */
type Config = Readonly<Record<string, string>>

// The type of its configuration is of a package that is its own dependency and not ours; the client
// reads the members and nothing else.
const Client: new (config: never) => KmsClient = kms.default

/** The official client of version 1, as a user would make it. */
export function kmsClient(config: Config = {}): KmsClient {
  return new Client({
    accessKeyId: variable('ALIBABA_CLOUD_ACCESS_KEY_ID'),
    accessKeySecret: variable('ALIBABA_CLOUD_ACCESS_KEY_SECRET'),
    regionId: variable('ALIBABA_CLOUD_REGION_ID'),
    endpoint: variable('ALIBABA_CLOUD_KMS_ENDPOINT'),
    protocol: 'https',
    ...config,
  } as never)
}
