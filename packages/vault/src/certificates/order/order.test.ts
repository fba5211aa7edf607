import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { describe, it } from 'node:test'
import { systemCall } from '../../directory/authenticate-system.ts'
import { isFault } from '../../fault.ts'
import { runDue, type DueOrder } from '../../scheduler.ts'
import { Secret } from '../../seal/secret.ts'
import { issueForRequest } from '../../testing/issue-for-request.ts'
import { memoryVault, type MemoryVault } from '../../testing/memory-vault.ts'
import type { PolicyInput } from '../complete-policy.ts'

const DAY = 86_400
const certificate = { vault: 'default', name: 'web' }
const DIRECTORY = 'https://acme.example.com/directory'
const server = systemCall('test')

interface World extends MemoryVault {
  readonly system: ReturnType<typeof systemCall>
}

/** (Re)makes the issuer that {@link withIssuer} gives its world. */
async function setIssuer({ vault, administrator }: Awaited<ReturnType<typeof memoryVault>>): Promise<void> {
  await vault.certificates.setIssuer(administrator, {
    issuer: { vault: 'default', name: 'Le' },
    provider: 'acme',
    organisationId: DIRECTORY,
    administrators: [{ email: 'ops@example.com' }, { firstName: 'No' }],
    accountId: 'key-1',
    password: Secret.fromText('bWFjLWtleQ'),
  })
}

async function withIssuer(): Promise<World> {
  const world = await memoryVault()
  await setIssuer(world)
  return { ...world, system: systemCall('test', world.first.tenant.id) }
}

async function create(world: World, policy: PolicyInput = {}): Promise<string> {
  const { requestId } = await world.vault.certificates.create(world.administrator, {
    certificate,
    policy: { subject: 'CN=www.example.com', keyType: 'EC', issuer: { name: 'le' }, ...policy },
    tags: { a: 'b' },
  })
  return requestId
}

/** Runs what is due and gives the orders that were handed over, and what failed. */
async function tick({ store, seal, clock, vault }: World): Promise<{
  readonly orders: readonly DueOrder[]
  readonly failed: number
}> {
  const orders: DueOrder[] = []
  const call = (tenant: string) => systemCall('scheduler', tenant)
  const onOrder = (order: DueOrder): void => void orders.push(order)
  const { failed } = await runDue({ store, seal, clock }, vault, call, () => {}, onOrder)
  return { orders, failed }
}

async function answerTo(world: World, request: string): Promise<readonly Uint8Array[]> {
  return [issueForRequest(Buffer.from(request, 'base64'), world.clock.now())]
}

const dues = ({ contents }: World): readonly string[] =>
  [...contents.bodies.keys()].filter((key) => key.includes('/due/')).map((key) => key.split('/')[4] ?? '')

describe('an order of a certificate by ACME', () => {
  it('is due at once with a request for all names, is told once done, and keeps its account', async () => {
    const world = await withIssuer()
    const { vault, administrator, system } = world
    const requestId = await create(world, { alternativeNames: { dnsNames: ['Example.com', 'www.example.com'] } })
    assert.deepEqual((await tick(world)).orders, [{ tenant: system.caller.tenant, certificate }])
    const order = await vault.certificates.getOrder(system, { certificate })
    assert.equal(order.requestId, requestId)
    assert.deepEqual(order.dnsNames, ['www.example.com', 'example.com'])
    assert.deepEqual(order.issuer.emails, ['ops@example.com'])
    assert.equal(order.issuer.externalAccount?.keyId, 'key-1')
    assert.equal(order.account, undefined)
    const url = 'https://acme.example.com/account/1'
    const kept = { vault: 'default', issuer: 'le', directory: DIRECTORY, externalKeyId: 'key-1' }
    await vault.certificates.setAcmeAccount(system, { ...kept, key: Secret.fromText('pkcs8') })
    const begun = await vault.certificates.getOrder(system, { certificate })
    assert.deepEqual([begun.account?.url, begun.issuer.externalKeyId], [undefined, 'key-1'])
    assert.equal(Buffer.from(begun.account?.key.reveal() ?? []).toString(), 'pkcs8')
    const account = { ...kept, url, key: Secret.fromText('pkcs8') }
    await vault.certificates.setAcmeAccount(system, account)
    assert.equal((await vault.certificates.getOrder(system, { certificate })).account?.url, url)
    const chain = await answerTo(world, order.request)
    await vault.certificates.completeOrder(system, { certificate, requestId, chain })
    assert.equal((await vault.certificates.getPending(administrator, { certificate })).status, 'completed')
    const { properties } = await vault.certificates.get(administrator, { certificate })
    assert.deepEqual(properties.tags, { a: 'b' })
    assert.deepEqual((await tick(world)).orders, [])
    const again = vault.certificates.completeOrder(system, { certificate, requestId, chain })
    await assert.rejects(again, (thrown) => isFault(thrown, 'PendingCertificateOver'))
  })

  it('takes another account when the issuer names another directory or external account', async () => {
    const world = await withIssuer()
    const { vault, administrator, system } = world
    await create(world)
    const issuer = { vault: 'default', name: 'le' }
    const account = {
      vault: 'default',
      issuer: 'le',
      url: 'https://a/1',
      directory: DIRECTORY,
      externalKeyId: 'key-1',
      key: Secret.fromText('k'),
    }
    await vault.certificates.setAcmeAccount(system, account)
    await vault.certificates.updateIssuer(administrator, { issuer, accountId: 'key-2' })
    assert.equal((await vault.certificates.getOrder(system, { certificate })).account, undefined)
    await vault.certificates.updateIssuer(administrator, { issuer, accountId: 'key-1' })
    assert.ok((await vault.certificates.getOrder(system, { certificate })).account)
    await vault.certificates.updateIssuer(administrator, { issuer, organisationId: `${DIRECTORY}2` })
    assert.equal((await vault.certificates.getOrder(system, { certificate })).account, undefined)
    await vault.certificates.updateIssuer(administrator, { issuer, organisationId: DIRECTORY })
    assert.ok((await vault.certificates.getOrder(system, { certificate })).account)
    await vault.certificates.deleteIssuer(administrator, { issuer })
    await setIssuer(world)
    assert.equal((await vault.certificates.getOrder(system, { certificate })).account, undefined)
  })

  it('that fails for now is tried again, each time later, and fails in the end', async () => {
    const world = await withIssuer()
    const { vault, administrator, system, clock } = world
    const requestId = await create(world)
    const failure = { certificate, requestId, error: 'It does not answer.', mayPass: true }
    for (const pause of [60, 300, 900, 3_600, 14_400]) {
      await vault.certificates.failOrder(system, failure)
      const pending = await vault.certificates.getPending(administrator, { certificate })
      assert.equal(pending.status, 'inProgress')
      clock.advance(pause - 1)
      assert.deepEqual((await tick(world)).orders, [])
      clock.advance(1)
      assert.equal((await tick(world)).orders.length, 1)
    }
    await vault.certificates.failOrder(system, failure)
    const { status, error } = await vault.certificates.getPending(administrator, { certificate })
    assert.deepEqual({ status, error }, { status: 'failed', error: 'It does not answer.' })
    assert.deepEqual(dues(world), [])
    await create(world)
  })

  it('is no longer due when it was cancelled, removed, or its certificate deleted', async () => {
    const world = await withIssuer()
    const { vault, administrator } = world
    await create(world)
    await vault.certificates.cancelPending(administrator, { certificate })
    assert.deepEqual(dues(world), [])
    await create(world)
    await vault.certificates.deletePending(administrator, { certificate })
    assert.deepEqual(dues(world), [])
    await create(world)
    await vault.certificates.delete(administrator, { certificate })
    assert.deepEqual(dues(world), ['purgecertificate'])
    await vault.certificates.recover(administrator, { certificate })
    assert.deepEqual(dues(world), ['ordercertificate'])
  })

  it('cannot be merged from outside, and its answer must be for its request', async () => {
    const world = await withIssuer()
    const { vault, administrator, system } = world
    const requestId = await create(world)
    const order = await vault.certificates.getOrder(system, { certificate })
    const chain = await answerTo(world, order.request)
    const merge = vault.certificates.merge(administrator, { certificate, chain })
    await assert.rejects(merge, (thrown) => isFault(thrown, 'MergeForbidden'))
    await vault.certificates.deletePending(administrator, { certificate })
    const second = await create(world)
    const wrong = vault.certificates.completeOrder(system, { certificate, requestId: second, chain })
    await assert.rejects(wrong, (thrown) => isFault(thrown, 'CertificateUnfit'))
    const old = vault.certificates.completeOrder(system, { certificate, requestId, chain })
    await assert.rejects(old, (thrown) => isFault(thrown, 'PendingCertificateOver'))
  })

  for (const [what, policy] of [
    ['an address', { alternativeNames: { ipAddresses: ['192.0.2.1'] } }],
    ['no name', { subject: 'O=Example' }],
    ['a subject that is no host', { subject: 'CN=Some Body' }],
  ] as const) {
    it(`for ${what} is refused at once`, async () => {
      const world = await withIssuer()
      await assert.rejects(create(world, policy), (thrown) => isFault(thrown, 'InvalidInput'))
      assert.deepEqual(dues(world), [])
    })
  }

  it('is not for strangers to see or complete', async () => {
    const world = await withIssuer()
    const requestId = await create(world)
    const { vault, identity } = world
    await assert.rejects(vault.certificates.getOrder(identity, { certificate }), (thrown) => isFault(thrown, 'AccessDenied'))
    const completing = vault.certificates.completeOrder(identity, { certificate, requestId, chain: [] })
    await assert.rejects(completing, (thrown) => isFault(thrown, 'AccessDenied'))
    assert.equal(server.caller.kind, 'system')
  })
})

describe('a renewal by ACME', () => {
  async function issued(): Promise<World> {
    const world = await withIssuer()
    const { vault, system } = world
    const requestId = await create(world)
    const { request } = await vault.certificates.getOrder(system, { certificate })
    const chain = await answerTo(world, request)
    await vault.certificates.completeOrder(system, { certificate, requestId, chain })
    return world
  }

  async function expiry({ vault, administrator }: World): Promise<number> {
    return (await vault.certificates.get(administrator, { certificate })).properties.expires
  }

  it('is ordered when it is time, once, and the version before works meanwhile', async () => {
    const world = await issued()
    const { vault, administrator, system, clock } = world
    const before = await vault.certificates.get(administrator, { certificate })
    const { notBefore, expires } = before.properties
    const now = Math.floor(clock.now() / 1000)
    clock.advance(notBefore + Math.ceil((expires - notBefore) * 0.8) - now)
    await tick(world)
    const { orders } = await tick(world)
    assert.equal(orders.length, 1)
    const meanwhile = await vault.certificates.get(administrator, { certificate })
    assert.equal(meanwhile.properties.version, before.properties.version)
    const { request, requestId } = await vault.certificates.getOrder(system, { certificate })
    const chain = await answerTo(world, request)
    await vault.certificates.completeOrder(system, { certificate, requestId, chain })
    const after = await vault.certificates.get(administrator, { certificate })
    assert.notEqual(after.properties.version, before.properties.version)
    assert.deepEqual(after.properties.tags, { a: 'b' })
    const [leaf] = after.properties.issued?.chain ?? []
    assert.ok(new X509Certificate(Buffer.from(leaf ?? '', 'base64')).publicKey)
    assert.deepEqual(dues(world).toSorted(), ['notifycertificateexpiry', 'renewcertificate', 'tellcertificateexpired'])
  })

  it('of a certificate with a shorter life than its trigger is due at half of it, not at once', async () => {
    const world = await withIssuer()
    const { vault, administrator, system, clock } = world
    const lifetimeActions = [{ action: 'AutoRenew', daysBeforeExpiry: 600 }] as const
    const requestId = await create(world, { lifetimeActions, validityMonths: 24 })
    const { request } = await vault.certificates.getOrder(system, { certificate })
    const chain = await answerTo(world, request)
    await vault.certificates.completeOrder(system, { certificate, requestId, chain })
    const { notBefore, expires } = (await vault.certificates.get(administrator, { certificate })).properties
    assert.ok(expires - notBefore < 600 * DAY)
    const now = Math.floor(clock.now() / 1000)
    clock.advance(notBefore + Math.floor((expires - notBefore) / 2) - now - 1)
    assert.deepEqual((await tick(world)).orders, [])
    clock.advance(1)
    await tick(world)
    assert.equal((await tick(world)).orders.length, 1)
  })

  it('that fails keeps the version, tells of it, and is tried again after an hour, then two', async () => {
    const world = await issued()
    const { vault, administrator, system, clock } = world
    const before = await vault.certificates.get(administrator, { certificate })
    clock.advance((await expiry(world)) - Math.floor(clock.now() / 1000) - DAY)
    for (const pause of [3_600, 7_200]) {
      await tick(world)
      assert.equal((await tick(world)).orders.length, 1)
      const { requestId } = await vault.certificates.getOrder(system, { certificate })
      const failure = { certificate, requestId, error: 'The name is not ours.', mayPass: false }
      await vault.certificates.failOrder(system, failure)
      assert.equal((await vault.certificates.getPending(administrator, { certificate })).error, failure.error)
      clock.advance(pause - 1)
      assert.deepEqual((await tick(world)).orders, [])
      clock.advance(1)
    }
    const { properties } = await vault.certificates.get(administrator, { certificate })
    assert.equal(properties.version, before.properties.version)
    const notices = (await world.audit()).filter(
      ({ operationName }) => operationName === 'CertificateNearExpiryEventGridNotification',
    )
    assert.equal(notices.length, 1)
  })

  it('whose issuer is gone fails in words and is tried again', async () => {
    const world = await issued()
    const { vault, administrator, clock } = world
    await vault.certificates.deleteIssuer(administrator, { issuer: { vault: 'default', name: 'le' } })
    clock.advance((await expiry(world)) - Math.floor(clock.now() / 1000) - DAY)
    assert.equal((await tick(world)).failed, 1)
    const { status, error = '' } = await vault.certificates.getPending(administrator, { certificate })
    assert.equal(status, 'failed')
    assert.match(error, /There is no issuer le in this vault/i)
    assert.equal((await tick(world)).failed, 0)
    clock.advance(3_600)
    assert.equal((await tick(world)).failed, 1)
    const failures = (await world.audit()).filter(({ operationName, resultDescription }) =>
      operationName === 'CertificateRenew' && resultDescription === 'CertificateIssuerNotFound')
    assert.equal(failures.length, 2)
  })
})
