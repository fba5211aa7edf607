import {
  AccessDeniedError,
  DefaultCredential,
  ResourceNotFoundError,
  SecretClient,
} from '@claviger/client/azure'
import { vaultUrl } from './vault-url.ts'

// What there is not, and what is not allowed, is an error of its own class.

const client = new SecretClient(vaultUrl(), new DefaultCredential())
try {
  await client.getSecret('nonexistent')
} catch (error) {
  if (error instanceof ResourceNotFoundError) console.log('Secret not found')
  else if (error instanceof AccessDeniedError) console.log(`Access denied: ${error.innerCode}`)
  else throw error
}
