import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { DefaultAzureCredential } from '@azure/identity'
import { KeyClient } from '@azure/keyvault-keys'
import { SecretClient } from '@azure/keyvault-secrets'
import { DefaultCredential } from '@claviger/client/azure'
import { KeyCache, ReferenceResolver, SecretCache } from '@claviger/client/cache'
import { step, variable } from '../programs/step.ts'
import type { Behaviour } from './behaviour.ts'
import { CERTIFICATE_BEHAVIOURS } from './certificate-behaviours.ts'
import { CRYPTOGRAPHY_BEHAVIOURS } from './cryptography-behaviours.ts'
import { KEY_BEHAVIOURS } from './key-behaviours.ts'
import { outcome, withoutBeside } from './normalised.ts'
import { ownSteps } from './own-steps.ts'
import { SECRET_BEHAVIOURS } from './secret-behaviours.ts'
import { officialSide, ourSide } from './side.ts'

// Everything is done twice against one vault, with the official clients and with ours, and what a
// caller sees is compared. What the official clients see is the expectation.

const url = variable('AZURE_KEYVAULT_URL')
const ours = ourSide(url)
const theirs = officialSide(url)

/** What the official clients see; the suite holds what a browser sees against it. */
const outcomes: Record<string, unknown> = {}

async function compare(area: string, behaviours: readonly Behaviour[]): Promise<void> {
  for (const { what, run } of behaviours) {
    await step(`${area}: ${what}`, async () => {
      const expected = await outcome(() => run(theirs), theirs.prefix)
      outcomes[`${area}: ${what}`] = expected
      const actual = await outcome(() => run(ours), ours.prefix)
      assert.deepEqual(withoutBeside(actual, expected), expected)
    })
  }
}

await compare('secrets', SECRET_BEHAVIOURS)
await compare('keys', KEY_BEHAVIOURS)
await compare('cryptography', CRYPTOGRAPHY_BEHAVIOURS)
await compare('certificates', CERTIFICATE_BEHAVIOURS)
writeFileSync('outcomes.json', JSON.stringify(outcomes))

await ownSteps(ours)

await step('a credential of @azure/identity is one of ours as it is', async () => {
  const { secrets } = ourSide(url, new DefaultAzureCredential())
  assert.equal((await secrets.getSecret('ours-first')).value, 'a value')
})

await step('a cache reads with the official client as it is', async () => {
  const reader = new SecretClient(url, new DefaultAzureCredential())
  const cache = new SecretCache(reader)
  const secrets = await cache.getSecrets(['ours-first', 'them-first'])
  assert.deepEqual([...secrets.values()].map(({ value }) => value), ['a value', 'a value'])
})

await step('a cache of keys reads with the official client as it is', async () => {
  const reader = new KeyClient(url, new DefaultAzureCredential())
  const cache = new KeyCache(reader)
  const names = [`${ours.prefix}-rsa`, `${theirs.prefix}-rsa`]
  const keys = await cache.getKeys(names)
  assert.deepEqual([...keys.values()].map(({ name, keyType }) => [name, keyType]), [
    [names[0], 'RSA'],
    [names[1], 'RSA'],
  ])
  const kept = await cache.getKey(names[0] ?? '')
  assert.equal(kept, keys.get(names[0] ?? ''))
  const { version = '' } = kept.properties
  assert.equal((await cache.getKey(kept.name, { version })).id, kept.id)
})

await step('references in a configuration are resolved by the vault that they name', async () => {
  const reference = `@Microsoft.KeyVault(SecretUri=${url}/secrets/ours-first)`
  const references = new ReferenceResolver(new DefaultCredential())
  const resolved = await references.resolveObject({ database: { password: reference } })
  assert.equal(resolved.database.password, 'a value')
})

console.log('done')
