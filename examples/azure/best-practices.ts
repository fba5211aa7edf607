import { DefaultCredential, SecretClient } from '@claviger/client/azure'
import { ReferenceResolver, SecretCache } from '@claviger/client/cache'
import { vaultUrl } from './vault-url.ts'

// Secrets are kept in memory to make fewer calls, and configuration refers to them.

const credential = new DefaultCredential()
const secrets = new SecretCache(new SecretClient(vaultUrl(), credential), {
  ttlMs: 300_000,
  // Fetched anew a minute before that, and kept for an hour while the vault cannot be reached.
  refreshAheadMs: 60_000,
  staleMs: 3_600_000,
})
const [, , name = 'secret-name'] = process.argv
await new SecretClient(vaultUrl(), credential).setSecret(name, 'a value')
await secrets.getSecret(name)
await secrets.getSecret(name)
// After a rotation, as an event tells it:
secrets.clear(name)

const configuration = {
  database: {
    host: 'db.example',
    password: `@Microsoft.KeyVault(SecretUri=${vaultUrl()}/secrets/${name})`,
  },
}
const resolved = await new ReferenceResolver(credential).resolveObject(configuration)
console.log(`The password has ${resolved.database.password.length} characters.`)
