import { DefaultCredential, KeyClient } from '@claviger/client/azure'
import { vaultUrl } from './vault-url.ts'

// A key is made, read, listed and deleted.

const client = new KeyClient(vaultUrl(), new DefaultCredential())
const [, , name = 'rsa-key'] = process.argv

console.log(`Creating a key called ${name} …`)
await client.createRsaKey(name, { keySize: 2048 })
await client.createEcKey(`${name}-ec`, { curve: 'P-256' })

const key = await client.getKey(name)
console.log(`The key ${key.name} is of the type ${key.keyType}.`)

for await (const properties of client.listPropertiesOfKeys()) {
  console.log(`Key: ${properties.name}`)
}

for (const made of [name, `${name}-ec`]) {
  console.log(`Deleting ${made} …`)
  const poller = await client.beginDeleteKey(made)
  const { properties } = await poller.pollUntilDone()
  console.log(`It can be recovered until ${properties.scheduledPurgeDate?.toISOString()}.`)
}
