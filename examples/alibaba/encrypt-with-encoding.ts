import { KmsClient } from '@claviger/client/alibaba'
import { nodePlatform } from '@claviger/client/node'
import { caFile, instance, sharedGateway, variable } from './configs.ts'

// The encoding of plaintexts, for all calls; UTF-8 is what counts unless said.

const client = new KmsClient({
  config: sharedGateway(),
  kmsConfig: { ...instance(), encoding: 'utf-8' },
  platform: nodePlatform,
})

const request = { keyId: variable('KMS_KEY_ID'), plaintext: variable('KMS_PLAINTEXT') }
const { body } = await client.encrypt(request, { ca: caFile() })
console.log(body)
