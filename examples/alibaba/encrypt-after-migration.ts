import { KmsClient } from '@claviger/client/alibaba'
import { nodePlatform } from '@claviger/client/node'
import { caFile, instance, sharedGateway, variable } from './configs.ts'

// After keys have moved to an instance: the same call goes there.

const client = new KmsClient({
  config: sharedGateway(),
  kmsConfig: instance(),
  platform: nodePlatform,
})

const request = { keyId: variable('KMS_KEY_ID'), plaintext: variable('KMS_PLAINTEXT') }
const { body } = await client.encrypt(request, { ca: caFile() })
console.log(body)
