import { KmsClient } from '@claviger/client/alibaba'
import { nodePlatform } from '@claviger/client/node'
import { instance, sharedGateway, variable } from './configs.ts'

// One call goes to the shared gateway, whatever the client was told.

const client = new KmsClient({
  config: sharedGateway(),
  kmsConfig: instance(),
  platform: nodePlatform,
})

const request = { secretName: variable('KMS_SECRET_NAME') }
const { body } = await client.getSecretValue(request, { isUseKmsShareGateway: true })
// The value is in body.secretData; it is better not printed.
const { secretData: _, ...rest } = body
console.log(rest)
