import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { isFault } from '@claviger/vault'
import { ConfigError } from '../config.ts'
import { externalProviderOf } from './external-provider-of.ts'

const config = {
  oidcIssuer: 'https://id.example.com',
  oidcClientId: 'claviger',
  oidcClientSecretFile: undefined,
  oidcUserNameClaim: 'preferred_username',
  oidcNewUsers: true,
}

test('there is a provider when the settings name one, and it is not asked at the start', async () => {
  assert.deepEqual(await externalProviderOf({ ...config, oidcIssuer: undefined }), {})
  const { provider } = await externalProviderOf(config)
  assert.equal(provider?.makesUsers, true)
})

test('the client secret comes from a file that nobody else may read', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-oidc-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const oidcClientSecretFile = join(folder, 'secret')
  const open = (): ReturnType<typeof externalProviderOf> => externalProviderOf({ ...config, oidcClientSecretFile })
  await assert.rejects(open(), ConfigError)
  writeFileSync(oidcClientSecretFile, '\n', { mode: 0o600 })
  await assert.rejects(open(), ConfigError)
  writeFileSync(oidcClientSecretFile, 'a client secret\n')
  assert.ok((await open()).provider)
  chmodSync(oidcClientSecretFile, 0o644)
  await assert.rejects(open(), (thrown) => isFault(thrown, 'UnsealFailed') && !JSON.stringify(thrown.detail).includes('a client secret'))
})
