import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { ResourceNotFoundError } from '../core/errors.ts'
import { FakeCredential } from '../testing/fake-vault.ts'
import { parseKeyVaultReference } from './key-vault-reference.ts'
import { ReferenceResolver, UnresolvedReferenceError } from './reference-resolver.ts'

const version = '0123456789abcdef0123456789abcdef'

describe('a reference', () => {
  const vaultUrl = 'https://myvault.vault.azure.net'
  const forms = {
    '@Microsoft.KeyVault(SecretUri=https://myvault.vault.azure.net/secrets/s)': {
      vaultUrl,
      name: 's',
    },
    '@Microsoft.KeyVault(SecretUri=https://myvault.vault.azure.net/secrets/s/)': {
      vaultUrl,
      name: 's',
    },
    [`@Microsoft.KeyVault(SecretUri=https://myvault.vault.azure.net/secrets/s/${version})`]: {
      vaultUrl,
      name: 's',
      version,
    },
    [`@Microsoft.KeyVault(VaultName=myvault;SecretName=s;SecretVersion=${version})`]: {
      vaultUrl,
      name: 's',
      version,
    },
    '@microsoft.keyvault( vaultname = myvault ; secretname = s )': { vaultUrl, name: 's' },
    '@Microsoft.KeyVault(SecretUri=https://a.vault.localhost:8443/secrets/s)': {
      vaultUrl: 'https://a.vault.localhost:8443',
      name: 's',
    },
  }
  for (const [text, expected] of Object.entries(forms)) {
    it(`is ${text}`, () => assert.deepEqual(parseKeyVaultReference(text), expected))
  }

  it('is not any other text', () => {
    for (const text of [
      '',
      'a value',
      'see @Microsoft.KeyVault(SecretName=s)',
      '@Microsoft.KeyVault',
    ]) {
      assert.equal(parseKeyVaultReference(text), undefined)
    }
  })

  it('that names no secret is an error', () => {
    for (const inner of [
      '',
      'SecretName=s',
      'VaultName=v',
      'VaultName=evil.example/;SecretName=s',
      'SecretUri=https://myvault.vault.azure.net/keys/k',
      'SecretUri=no url',
    ]) {
      assert.throws(() => parseKeyVaultReference(`@Microsoft.KeyVault(${inner})`), {
        code: 'BadReference',
      })
    }
  })
})

describe('references in a configuration', () => {
  const reference = (name: string): string => `@Microsoft.KeyVault(VaultName=v;SecretName=${name})`

  function resolver(asked: string[] = []): ReferenceResolver {
    return new ReferenceResolver(new FakeCredential(), {
      vaultUrlOf: (name) => `https://${name}.vault.localhost:8443`,
      readerOf: (vaultUrl) => ({
        async getSecret(name, { version = '' } = {}) {
          asked.push(`${vaultUrl}/${name}/${version}`)
          if (name === 'nothing') {
            throw new ResourceNotFoundError({
              code: 'SecretNotFound',
              message: 'A secret was not found.',
            })
          }
          return { name, value: `canary-${name}`, properties: { name, vaultUrl } }
        },
      }),
    })
  }

  it('are resolved however deep, in a copy, each secret read once', async () => {
    const asked: string[] = []
    const when = new Date()
    const configuration = {
      plain: 'a value',
      number: 7,
      when,
      nothing: null,
      database: { password: reference('password'), hosts: ['a', reference('host')] },
      again: reference('password'),
    }
    const before = structuredClone(configuration)
    assert.deepEqual(await resolver(asked).resolveObject(configuration), {
      plain: 'a value',
      number: 7,
      when,
      nothing: null,
      database: { password: 'canary-password', hosts: ['a', 'canary-host'] },
      again: 'canary-password',
    })
    assert.deepEqual(configuration, before)
    assert.deepEqual(asked.sort(), [
      'https://v.vault.localhost:8443/host/',
      'https://v.vault.localhost:8443/password/',
    ])
  })

  it('are resolved in the environment, which stays as it is', async () => {
    process.env['CLAVIGER_TEST_REFERENCE'] = reference('s')
    const resolved = await resolver().resolveEnvironment()
    assert.equal(resolved['CLAVIGER_TEST_REFERENCE'], 'canary-s')
    assert.equal(resolved['PATH'], process.env['PATH'])
    assert.equal(process.env['CLAVIGER_TEST_REFERENCE'], reference('s'))
    delete process.env['CLAVIGER_TEST_REFERENCE']
  })

  it('say where one cannot be resolved, and nothing of the others', async () => {
    const configuration = { a: reference('fine'), b: { c: [reference('nothing')] } }
    await assert.rejects(resolver().resolveObject(configuration), (error) => {
      assert.ok(error instanceof UnresolvedReferenceError)
      assert.equal(error.setting, 'b.c.0')
      assert.equal(error.code, 'SecretNotFound')
      assert.equal(error.message, 'b.c.0 cannot be resolved. A secret was not found.')
      assert.doesNotMatch(inspect(error, { depth: 9 }), /canary/)
      return true
    })
    await assert.rejects(resolver().resolve('@Microsoft.KeyVault(x)'), { code: 'BadReference' })
  })

  it('are read anew once they are cleared', async () => {
    const asked: string[] = []
    const references = resolver(asked)
    await references.resolve(reference('s'))
    await references.resolve(reference('s'))
    references.clear('s')
    await references.resolve(reference('s'))
    assert.equal(asked.length, 2)
  })

  it('are resolved where an object contains itself', async () => {
    const circle: { secret: string; self?: unknown; readonly list: unknown[] } = {
      secret: reference('s'),
      list: [],
    }
    circle.self = circle
    circle.list.push(circle.list)
    const copy = await resolver().resolveObject(circle)
    assert.equal(copy.secret, 'canary-s')
    assert.equal(copy.self, copy)
    assert.equal(copy.list[0], copy.list)
    assert.notEqual(copy, circle)
  })

  it('lead to no vault but those that are allowed', async () => {
    const asked: string[] = []
    const references = new ReferenceResolver(new FakeCredential(), {
      isAllowedVault: (vaultUrl) => vaultUrl === 'https://v.vault.azure.net',
      readerOf: (vaultUrl) => ({
        async getSecret(name) {
          asked.push(vaultUrl)
          return { name, value: 'x', properties: { name, vaultUrl } }
        },
      }),
    })
    assert.equal(await references.resolve(reference('s')), 'x')
    const elsewhere = '@Microsoft.KeyVault(SecretUri=https://evil.example/secrets/s)'
    await assert.rejects(references.resolve(elsewhere), { code: 'VaultNotAllowed' })
    assert.deepEqual(asked, ['https://v.vault.azure.net'])
  })

  it('have to say which vaults, when any host would be given a token', () => {
    const clientOptions = { disableChallengeResourceVerification: true }
    const credential = new FakeCredential()
    assert.throws(() => new ReferenceResolver(credential, { clientOptions }), TypeError)
    const told = { clientOptions, isAllowedVault: () => true }
    assert.ok(new ReferenceResolver(credential, told))
  })

  it('cannot change what objects are', async () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":"yes"}}') as object
    const copy = await resolver().resolveObject(hostile)
    assert.equal(({} as { readonly polluted?: string }).polluted, undefined)
    assert.equal(Object.getPrototypeOf(copy), Object.prototype)
    assert.deepEqual(Object.keys(copy), ['__proto__'])
  })
})
