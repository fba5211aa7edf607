import { KmsClient } from '@claviger/client/alibaba'
import { nodePlatform } from '@claviger/client/node'
import { caFile, instance, variable } from './configs.ts'

// Who is new to KMS uses an instance: there is no access key, and no shared gateway.

const client = new KmsClient({ kmsConfig: instance(), platform: nodePlatform })

const request = { keyId: variable('KMS_KEY_ID'), plaintext: variable('KMS_PLAINTEXT') }
// Or `ignoreSsl: true`, for trials alone.
const { body } = await client.encrypt(request, { ca: caFile() })
console.log(body)
