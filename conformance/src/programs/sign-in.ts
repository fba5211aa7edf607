import assert from 'node:assert/strict'
import { DefaultAzureCredential } from '@azure/identity'
import { SecretClient } from '@azure/keyvault-secrets'
import { step, variable } from './step.ts'

// How the credential signs in depends on the environment alone, as it does for a user.

await step('signs in, sets a secret and reads it', async () => {
  const client = new SecretClient(variable('AZURE_KEYVAULT_URL'), new DefaultAzureCredential())
  const name = variable('SECRET_NAME')
  await client.setSecret(name, variable('CANARY'))
  assert.equal((await client.getSecret(name)).value, variable('CANARY'))
})

console.log('done')
