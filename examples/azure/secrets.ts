import { DefaultCredential, SecretClient } from '@claviger/client/azure'
import { vaultUrl } from './vault-url.ts'

// A secret is set, read, listed, deleted, recovered, deleted again and purged.

const client = new SecretClient(vaultUrl(), new DefaultCredential())
const [, , name = 'secret-name'] = process.argv

const { properties } = await client.setSecret(name, process.env['SECRET_VALUE'] ?? 'a value')
console.log(`${properties.name} was made at ${properties.createdOn?.toISOString()}.`)

const { value = '' } = await client.getSecret(name)
console.log(`Its value has ${value.length} characters.`)
await client.getSecret(name, { version: properties.version ?? '' })

for await (const listed of client.listPropertiesOfSecrets()) {
  console.log(`Secret: ${listed.name}`)
}
for await (const { version } of client.listPropertiesOfSecretVersions(name)) {
  console.log(`Version: ${version}`)
}

await (await client.beginDeleteSecret(name)).pollUntilDone()
await (await client.beginRecoverDeletedSecret(name)).pollUntilDone()
await (await client.beginDeleteSecret(name)).pollUntilDone()
await client.purgeDeletedSecret(name)
console.log('It is gone for good.')
