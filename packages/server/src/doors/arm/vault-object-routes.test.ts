import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { armDoorUnderTest, type ArmDoorUnderTest, type Received } from './door-under-test.ts'

type Json = Readonly<Record<string, unknown>>

function codeOf({ json }: Received): unknown {
  return (json['error'] as { code?: unknown } | undefined)?.code
}

async function vaultUnderTest(): Promise<ArmDoorUnderTest & { readonly path: string }> {
  const under = await armDoorUnderTest()
  const group = `${under.subscription}/resourceGroups/default`
  return { ...under, path: `${group}/providers/Microsoft.KeyVault/vaults/default` }
}

describe('keys as resources', () => {
  it('are made where there are none, and stay where there are', async () => {
    const { call, path } = await vaultUnderTest()
    const body = { tags: { a: 'b' }, properties: { kty: 'EC', curveName: 'P-256', keyOps: ['sign'] } }
    const made = await call('PUT', `${path}/keys/mine`, { body })
    assert.equal(made.status, 200)
    const { attributes, keyUriWithVersion, ...properties } = made.json['properties'] as Json
    assert.deepEqual(properties, {
      kty: 'EC',
      keyOps: ['sign'],
      curveName: 'P-256',
      keyUri: 'https://default.vault.localhost:8443/keys/mine',
    })
    assert.equal((attributes as Json)['recoveryLevel'], 'Recoverable+Purgeable')
    const again = await call('PUT', `${path}/keys/Mine`, { body: { properties: { kty: 'RSA' } } })
    assert.deepEqual(again.json, made.json)
    assert.deepEqual((await call('GET', `${path}/keys/mine`)).json, made.json)
    assert.deepEqual((await call('GET', `${path}/keys`)).json, { value: [made.json] })
    const versions = await call('GET', `${path}/keys/mine/versions`)
    const [first] = versions.json['value'] as readonly Json[]
    assert.equal(first?.['type'], 'Microsoft.KeyVault/vaults/keys/versions')
    const one = await call('GET', `${path}/keys/mine/versions/${String(first?.['name'])}`)
    assert.deepEqual(one.json, first)
    assert.ok(String(keyUriWithVersion).endsWith(`/${String(first?.['name'])}`))
  })

  it('that cannot be are refused', async () => {
    const { call, path } = await vaultUnderTest()
    for (const [name, properties, status] of [
      ['mine', {}, 400], ['mine', { kty: 'DSA' }, 400], ['mine', { kty: 'RSA', keySize: 1000 }, 400],
      ['a_b', { kty: 'EC' }, 400], ['mine', { kty: 'EC', curveName: 'P-1' }, 400],
    ] as const) {
      assert.equal((await call('PUT', `${path}/keys/${name}`, { body: { properties } })).status, status)
    }
    assert.equal((await call('GET', `${path}/keys/none`)).status, 404)
    assert.equal((await call('GET', `${path}/keys/none/versions`)).status, 404)
    const elsewhere = path.replace('vaults/default', 'vaults/none')
    assert.equal(codeOf(await call('GET', `${elsewhere}/keys`)), 'ResourceNotFound')
  })
})

describe('secrets as resources', () => {
  it('are set and changed, and never show a value', async () => {
    const { call, path, memory } = await vaultUnderTest()
    const secret = { vault: 'default', name: 'mine' }
    const valueOf = async (): Promise<string> => {
      const { value } = await memory.vault.secrets.get(memory.administrator, { secret })
      return Buffer.from(value.reveal()).toString()
    }
    const body = { tags: { a: 'b' }, properties: { value: 'hidden', contentType: 'text' } }
    const made = await call('PUT', `${path}/secrets/mine`, { body })
    assert.equal(made.status, 200)
    const { secretUri, contentType } = made.json['properties'] as Json
    assert.equal(secretUri, 'https://default.vault.localhost:8443/secrets/mine')
    assert.equal(contentType, 'text')
    const patch = { body: { properties: { attributes: { enabled: true, exp: 4_000_000_000 } } } }
    const patched = await call('PATCH', `${path}/secrets/mine`, patch)
    assert.equal(((patched.json['properties'] as Json)['attributes'] as Json)['exp'], 4_000_000_000)
    assert.equal(await valueOf(), 'hidden')
    const changed = await call('PATCH', `${path}/secrets/mine`, {
      body: { properties: { value: 'another' } },
    })
    assert.equal((changed.json['properties'] as Json)['contentType'], 'text')
    assert.deepEqual(changed.json['tags'], { a: 'b' })
    assert.equal(await valueOf(), 'another')
    const shown = await call('GET', `${path}/secrets/mine`)
    const listed = await call('GET', `${path}/secrets`)
    assert.deepEqual(listed.json, { value: [shown.json] })
    for (const { text } of [made, patched, changed, shown, listed]) {
      assert.doesNotMatch(text, /hidden|another|"value":"/)
    }
  })

  it('take no role of the data plane, and give none', async () => {
    const { call, path, memory } = await vaultUnderTest()
    const { vault, administrator, stranger } = memory
    const { principal } = stranger.caller
    const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
    await vault.roleAssignments.create(administrator, {
      principal,
      roleDefinition: contributor,
      scope: '/',
    })
    const sent = { body: { properties: { value: 'x' } }, token: 'stranger' }
    assert.equal((await call('PUT', `${path}/secrets/mine`, sent)).status, 200)
    const secret = { vault: 'default', name: 'mine' }
    await assert.rejects(vault.secrets.get(stranger, { secret }))
  })

  it('without a value, or a name that is none, are refused', async () => {
    const { call, path } = await vaultUnderTest()
    assert.equal((await call('PUT', `${path}/secrets/mine`, { body: { properties: {} } })).status, 400)
    const body = { properties: { value: 'x' } }
    assert.equal((await call('PUT', `${path}/secrets/a_b`, { body })).status, 400)
    assert.equal((await call('PATCH', `${path}/secrets/none`, { body })).status, 404)
    assert.equal((await call('GET', `${path}/secrets/none`)).status, 404)
  })
})
