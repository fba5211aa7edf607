import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { ROLE_IDS } from '../access/built-in-roles.ts'
import { isFault } from '../fault.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { memoryIdentity } from '../testing/memory-identity.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { selfSignedCertificate } from '../testing/self-signed-certificate.ts'
import { credentialPrefix, type Credential } from './credential.ts'

const exists = (thrown: unknown): boolean => isFault(thrown, 'DirectoryObjectExists')
const failed = (thrown: unknown): boolean => isFault(thrown, 'SignInFailed')
const notFound = (thrown: unknown): boolean => isFault(thrown, 'DirectoryObjectNotFound')
const invalid = (thrown: unknown): boolean => isFault(thrown, 'InvalidInput')

async function registered() {
  const world = await memoryVault()
  const { vault, administrator } = world
  const application = await vault.applications.create(administrator, { displayName: 'billing' })
  const principal = await vault.applications.createPrincipal(administrator, {
    appId: application.appId,
  })
  return { world, vault, administrator, application, principal }
}

async function credentialsUnder({ store, seal, first }: MemoryVault, holder: string) {
  const unit = new UnitOfWork(store, seal)
  const listed = await unit.listAll<Credential>(credentialPrefix(first.tenant.id, holder))
  return listed.map(({ content }) => content.meta.id)
}

describe('an application', () => {
  it('has an object id of its own, and a principal once that is made', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const { id, appId, principal } = await vault.applications.create(administrator, {
      displayName: 'billing',
    })
    const view = await vault.view()
    assert.equal(await view.principalOfApplication(world.first.tenant.id, appId), undefined)
    const made = await vault.applications.createPrincipal(administrator, {
      appId: appId.toUpperCase(),
    })
    assert.deepEqual([made.id, made.appId, made.displayName], [principal, appId, 'billing'])
    assert.notEqual(made.id, id)
    await assert.rejects(vault.applications.createPrincipal(administrator, { appId }), exists)
    await assert.rejects(
      vault.applications.createPrincipal(administrator, { appId: randomUUID() }),
      notFound,
    )
  })

  it('is made together with its principal by the operation that makes principals', async () => {
    const { vault, administrator } = await memoryVault()
    const input = { kind: 'application', displayName: 'nightly' } as const
    const { id, appId = '' } = await vault.principals.create(administrator, input)
    const place = { by: 'appId', appId, collection: 'applications' } as const
    const found = await vault.directory.get(administrator, { place })
    assert.ok(found.collection === 'applications')
    assert.equal(found.application.principal, id)
  })

  it('shares its credentials with its principal, whichever of them is named', async () => {
    const { vault, administrator, application, principal } = await registered()
    const made = await vault.credentials.createSecret(administrator, {
      principal: application.id,
      displayName: 'a',
    })
    await vault.credentials.createSecret(administrator, {
      principal: principal.id,
      displayName: 'b',
    })
    for (const holder of [application.id, principal.id]) {
      const all = await vault.credentials.list(administrator, { principal: holder })
      assert.deepEqual(all.map(({ displayName }) => displayName).toSorted(), ['a', 'b'])
    }
    const { id: credential } = made.credential
    const wrong = { principal: principal.id, credential, kind: 'certificate' } as const
    await assert.rejects(vault.credentials.delete(administrator, wrong), notFound)
    await vault.credentials.delete(administrator, { ...wrong, kind: 'secret' })
    assert.equal(
      (await vault.credentials.list(administrator, { principal: application.id })).length,
      1,
    )
  })

  it('keeps what it signs in with when its principal goes, and gives nothing else to the next one', async () => {
    const { world, vault, administrator, application, principal } = await registered()
    await vault.credentials.createSecret(administrator, {
      principal: application.id,
      displayName: 'a',
    })
    const key = { principal: principal.id, displayName: 'key' }
    await vault.credentials.createAccessKey(administrator, key)
    const role = { principal: principal.id, roleDefinition: ROLE_IDS.owner, scope: '/' }
    await vault.roleAssignments.create(administrator, role)
    await vault.applications.deletePrincipal(administrator, { principal: principal.id })
    assert.deepEqual(await credentialsUnder(world, principal.id), [])
    const listed = await vault.credentials.list(administrator, { principal: application.id })
    assert.deepEqual(
      listed.map(({ kind }) => kind),
      ['secret'],
    )
    const next = await vault.applications.createPrincipal(administrator, {
      appId: application.appId,
    })
    assert.notEqual(next.id, principal.id)
    assert.equal((await credentialsUnder(world, next.id)).length, 1)
    const access = await (await vault.view()).principalAccess(world.first.tenant.id, next.id, [])
    assert.deepEqual([...access.assignments], [])
  })

  it('goes with its principal, its names and its credentials, from either side', async () => {
    for (const end of ['application', 'principal'] as const) {
      const world = await memoryVault()
      const { vault, administrator } = world
      const before = [...world.contents.bodies.keys()].toSorted()
      const input = { displayName: 'billing', identifierUris: ['api://billing'] }
      const application = await vault.applications.create(administrator, input)
      const { id } = await vault.applications.createPrincipal(administrator, {
        appId: application.appId,
      })
      await vault.credentials.createSecret(administrator, { principal: id, displayName: 'a' })
      await vault.credentials.createAccessKey(administrator, { principal: id, displayName: 'a' })
      await vault.directory.addOwner(administrator, { object: id, owner: world.first.user.id })
      if (end === 'application')
        await vault.applications.delete(administrator, { application: application.id })
      else await vault.principals.delete(administrator, { principal: id })
      assert.deepEqual([...world.contents.bodies.keys()].toSorted(), before, end)
    }
  })

  it('that has no principal goes with its credentials', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const before = [...world.contents.bodies.keys()].toSorted()
    const { id } = await vault.applications.create(administrator, { displayName: 'billing' })
    await vault.credentials.createSecret(administrator, { principal: id, displayName: 'a' })
    await vault.applications.delete(administrator, { application: id })
    assert.deepEqual([...world.contents.bodies.keys()].toSorted(), before)
  })

  it('of the administrator cannot be deleted or lose its principal', async () => {
    const { vault, administrator, first } = await memoryVault()
    const principal = first.administrator.principal.id
    await assert.rejects(vault.applications.deletePrincipal(administrator, { principal }), invalid)
    const { appId = '' } = first.administrator.principal
    const place = { by: 'appId', appId, collection: 'applications' } as const
    const found = await vault.directory.get(administrator, { place })
    assert.ok(found.collection === 'applications')
    await assert.rejects(
      vault.applications.delete(administrator, { application: found.application.id }),
      invalid,
    )
  })

  it('has further names that are unique, and gives them up', async () => {
    const { vault, administrator } = await memoryVault()
    const make = (identifierUris: readonly string[]) =>
      vault.applications.create(administrator, { displayName: 'a', identifierUris })
    const { id: application } = await make(['api://a', 'api://A', 'api://b'])
    await assert.rejects(make(['api://A']), exists)
    await vault.applications.update(administrator, {
      application,
      identifierUris: ['api://b', 'api://c'],
    })
    await make(['api://a'])
    await assert.rejects(make(['api://c']), exists)
    for (const wrong of ['', 'no scheme', `api://${'a'.repeat(256)}`])
      await assert.rejects(make([wrong]), invalid)
  })

  it('gives its principal its name, and both are found under the new one alone', async () => {
    const { vault, administrator, application } = await registered()
    await vault.applications.update(administrator, {
      application: application.id,
      displayName: 'invoices',
    })
    for (const collection of ['applications', 'servicePrincipals'] as const) {
      const count = async (nameStartsWith: string) =>
        (await vault.directory.list(administrator, { collection, nameStartsWith })).items.length
      assert.deepEqual([await count('billing'), await count('invoices')], [0, 1])
    }
  })

  it('has the certificates that it was last said to have', async () => {
    const { vault, administrator, application, world } = await registered()
    const now = Math.floor(world.clock.now() / 1000)
    const certificate = selfSignedCertificate(generateKeyPairSync('ec', { namedCurve: 'P-256' }))
    const id = randomUUID()
    const set = (
      certificates: Parameters<typeof vault.applications.setCertificates>[1]['certificates'],
    ) => vault.applications.update(administrator, { application: application.id, certificates })
    const ids = async () =>
      (await vault.credentials.list(administrator, { principal: application.id })).map(
        (one) => one.id,
      )
    await set([{ id, certificate, displayName: 'first' }])
    assert.deepEqual(await ids(), [id])
    await set([{ id }, { certificate, expiresAt: now + 60 }])
    const all = await vault.credentials.list(administrator, { principal: application.id })
    assert.equal(all.length, 2)
    assert.ok(all.some(({ expiresAt }) => expiresAt === now + 60))
    await assert.rejects(set([{ id: randomUUID() }]), invalid)
    await assert.rejects(set([{ certificate, expiresAt: now }]), invalid)
    await assert.rejects(set([{ id }, { id }]), invalid)
    await set([])
    assert.deepEqual(await ids(), [])
  })
})

describe('a secret of an application', () => {
  it('signs nobody in before there is a principal, and whoever is its principal from then on', async () => {
    const world = await memoryIdentity()
    const { vault, administrator, first, identityService } = world
    const { id, appId } = await vault.applications.create(administrator, { displayName: 'billing' })
    const input = { principal: id, displayName: 'a' }
    const { credential, secret } = await vault.credentials.createSecret(administrator, input)
    const signIn = () =>
      identityService.grantToClient(
        {
          tenant: first.tenant,
          clientId: appId,
          proof: { kind: 'secret', secret },
          audience: 'https://vault.localhost',
        },
        world.request(),
      )
    await assert.rejects(signIn(), failed)
    const make = () => vault.applications.createPrincipal(administrator, { appId })
    const { id: principal } = await make()
    await signIn()
    await vault.applications.deletePrincipal(administrator, { principal })
    await assert.rejects(signIn(), failed)
    const next = await make()
    await signIn()
    await vault.principals.update(administrator, { principal: next.id, enabled: false })
    await assert.rejects(signIn(), failed)
    await vault.principals.update(administrator, { principal: next.id, enabled: true })
    await signIn()
    await vault.credentials.delete(administrator, { principal: id, credential: credential.id })
    await assert.rejects(signIn(), failed)
  })
})

describe('a federated credential', () => {
  it('is told apart by its name and by whom it trusts', async () => {
    const { vault, administrator, application } = await registered()
    const trust = { issuer: 'https://issuer.example', subject: 'a', audiences: ['api://x'] }
    const input = { principal: application.id, displayName: 'first', ...trust }
    const { id: credential } = await vault.credentials.addFederated(administrator, input)
    await assert.rejects(
      vault.credentials.addFederated(administrator, { ...input, subject: 'b' }),
      exists,
    )
    await assert.rejects(
      vault.credentials.addFederated(administrator, { ...input, displayName: 'second' }),
      exists,
    )
    const change = {
      principal: application.id,
      credential,
      trust: { subject: 'c', description: 'changed' },
    }
    const changed = await vault.credentials.update(administrator, change)
    assert.deepEqual(changed.trust, { ...trust, subject: 'c', description: 'changed' })
    const broken = { ...change, trust: { issuer: 'http://issuer.example' } }
    await assert.rejects(vault.credentials.update(administrator, broken), invalid)
  })
})
