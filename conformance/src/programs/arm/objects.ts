import assert from 'node:assert/strict'
import { KeyClient } from '@azure/keyvault-keys'
import { SecretClient } from '@azure/keyvault-secrets'
import { collect } from '../collect.ts'
import { refused } from '../refused.ts'
import { step, variable } from '../step.ts'
import { credential, keyVault, location, quickly, resources, tenant } from './clients.ts'

// Keys and secrets as resources of a vault, by @azure/arm-keyvault.

const GROUP = 'js-objects'
/** Its host name leads to the server while the suites run. */
const VAULT = 'js-objects'
const { keys, secrets, vaults } = keyVault

await resources.resourceGroups.createOrUpdate(GROUP, { location })
const properties = { tenantId: tenant, sku: { family: 'A', name: 'standard' } as const }
const vault = await vaults
  .createOrUpdate(GROUP, VAULT, { location, properties }, quickly)
  .pollUntilDone()
const url = vault.properties.vaultUri ?? ''

await step('creates a key that the data plane has too, and leaves one that is there alone', async () => {
  const asked = { kty: 'RSA', keySize: 2048, keyOps: ['sign', 'verify'] } as const
  const wanted = { properties: { ...asked, keyOps: [...asked.keyOps] }, tags: { a: 'b' } }
  const made = await keys.createIfNotExist(GROUP, VAULT, 'rsa', wanted)
  assert.equal(made.kty, 'RSA')
  assert.equal(made.keyUri, `${url}keys/rsa`)
  const key = await new KeyClient(url, credential).getKey('rsa')
  assert.equal(key.id, made.keyUriWithVersion)
  const curve = { properties: { kty: 'EC', curveName: 'P-256' } } as const
  const again = await keys.createIfNotExist(GROUP, VAULT, 'rsa', curve)
  assert.equal(again.keyUriWithVersion, made.keyUriWithVersion)
})

await step('gets and lists keys and their versions', async () => {
  const rotated = await new KeyClient(url, credential).rotateKey('rsa')
  const got = await keys.get(GROUP, VAULT, 'rsa')
  assert.equal(got.keyUriWithVersion, rotated.id)
  assert.equal((await collect(keys.list(GROUP, VAULT))).length, 1)
  const versions = await collect(keys.listVersions(GROUP, VAULT, 'rsa'))
  assert.equal(versions.length, 2)
  const version = rotated.properties.version ?? ''
  const one = await keys.getVersion(GROUP, VAULT, 'rsa', version)
  assert.equal(one.keyUriWithVersion, rotated.id)
  await refused(keys.get(GROUP, VAULT, 'nothing'), 404)
})

await step('creates and updates a secret, and never gives its value', async () => {
  const made = await secrets.createOrUpdate(GROUP, VAULT, 'secret', {
    properties: { value: variable('CANARY'), contentType: 'text/plain' },
  })
  assert.equal(made.properties.value, undefined)
  const client = new SecretClient(url, credential)
  assert.equal((await client.getSecret('secret')).value, variable('CANARY'))
  const updated = await secrets.update(GROUP, VAULT, 'secret', { tags: { a: 'b' } })
  assert.deepEqual(updated.tags, { a: 'b' })
  const got = await secrets.get(GROUP, VAULT, 'secret')
  assert.equal(got.properties.contentType, 'text/plain')
  assert.equal(JSON.stringify(got).includes(variable('CANARY')), false)
  assert.equal(got.properties.secretUri, `${url}secrets/secret`)
  const listed = await collect(secrets.list(GROUP, VAULT))
  assert.equal(JSON.stringify(listed).includes(variable('CANARY')), false)
  assert.equal(listed.length, 1)
  await refused(secrets.get(GROUP, VAULT, 'nothing'), 404)
  const bad = secrets.createOrUpdate(GROUP, VAULT, 'under_score', { properties: { value: 'x' } })
  await refused(bad, 400)
})

console.log('done')
