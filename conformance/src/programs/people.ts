import assert from 'node:assert/strict'
import {
  DeviceCodeCredential,
  InteractiveBrowserCredential,
  type TokenCredential,
} from '@azure/identity'
import { SecretClient } from '@azure/keyvault-secrets'
import { step, variable } from './step.ts'

// Programs that a person signs in to: the suite has somebody who reads what they say.

const authority = {
  tenantId: variable('TENANT'),
  authorityHost: variable('AUTHORITY'),
  // A server of one's own is in no list of the public cloud.
  disableInstanceDiscovery: true,
}

async function useSecret(credential: TokenCredential, name: string): Promise<void> {
  const client = new SecretClient(variable('AZURE_KEYVAULT_URL'), credential)
  await client.setSecret(name, variable('CANARY'))
  assert.equal((await client.getSecret(name)).value, variable('CANARY'))
}

if (variable('WAY') === 'device') {
  await step('a person signs in with a code', async () => {
    const credential = new DeviceCodeCredential({
      ...authority,
      userPromptCallback: ({ userCode, verificationUri }) => {
        console.log(`person: ${verificationUri} ${userCode}`)
      },
    })
    await useSecret(credential, 'by-device-code')
  })
} else {
  await step('a person signs in with the browser', async () => {
    const credential = new InteractiveBrowserCredential(authority)
    await useSecret(credential, 'by-browser')
  })
}

console.log('done')
