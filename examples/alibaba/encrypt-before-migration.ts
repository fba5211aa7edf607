import { KmsClient } from '@claviger/client/alibaba'
import { sharedGateway, variable } from './configs.ts'

// Before keys move to an instance: the shared gateway alone.

const client = new KmsClient({ config: sharedGateway() })

const request = { keyId: variable('KMS_KEY_ID'), plaintext: variable('KMS_PLAINTEXT') }
const { body } = await client.encrypt(request)
console.log(body)
