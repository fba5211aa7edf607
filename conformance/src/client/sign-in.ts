import assert from 'node:assert/strict'
import { DefaultCredential, SecretClient } from '@claviger/client/azure'
import { step, variable } from '../programs/step.ts'

// As programs/sign-in.ts with our own credential, in every way that the environment can say.

await step('signs in, sets a secret and reads it', async () => {
  const client = new SecretClient(variable('AZURE_KEYVAULT_URL'), new DefaultCredential())
  const name = variable('SECRET_NAME')
  await client.setSecret(name, variable('CANARY'))
  assert.equal((await client.getSecret(name)).value, variable('CANARY'))
})

console.log('done')
