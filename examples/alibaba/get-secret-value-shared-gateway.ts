import { KmsClient } from '@claviger/client/alibaba'
import { nodePlatform } from '@claviger/client/node'
import { instance, sharedGateway, variable } from './configs.ts'

// Every action goes to the shared gateway, although there is an instance.

const client = new KmsClient({
  config: sharedGateway(),
  kmsConfig: instance(),
  isUseKmsShareGateway: true,
  platform: nodePlatform,
})

const { body } = await client.getSecretValue({ secretName: variable('KMS_SECRET_NAME') })
// The value is in body.secretData; it is better not printed.
const { secretData: _, ...rest } = body
console.log(rest)
