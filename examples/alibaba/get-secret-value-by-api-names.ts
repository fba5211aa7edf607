import { KmsClient } from '@claviger/client/alibaba'
import { nodePlatform } from '@claviger/client/node'
import { instance, sharedGateway, variable } from './configs.ts'

// The actions that are named go to the shared gateway, all others of the ten to the instance.

const client = new KmsClient({
  config: sharedGateway(),
  kmsConfig: { ...instance(), defaultKmsApiNames: ['GetSecretValue'] },
  platform: nodePlatform,
})

const { body } = await client.getSecretValue({ secretName: variable('KMS_SECRET_NAME') })
// The value is in body.secretData; it is better not printed.
const { secretData: _, ...rest } = body
console.log(rest)
