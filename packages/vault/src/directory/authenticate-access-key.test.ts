import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID, X509Certificate } from 'node:crypto'
import { describe, it } from 'node:test'
import { ROLE_IDS } from '../access/built-in-roles.ts'
import { isFault, type SignInFailure } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { memoryIdentity, textOf, type MemoryIdentity } from '../testing/memory-identity.ts'
import type { AccessKeyProof } from './authenticate-access-key.ts'
import { isCredentialValid, type OwnCredential } from './check-credential.ts'

interface Key {
  readonly accessKeyId: string
  readonly secret: Secret
  readonly securityToken?: string
}

/** Stands for a signature: it is right when the server holds the same secret. */
function proofOf({ accessKeyId, secret, securityToken }: Key, shown = textOf(secret)): AccessKeyProof {
  return {
    accessKeyId,
    ...(securityToken === undefined ? {} : { securityToken }),
    verify: (known) => textOf(known) === shown,
  }
}

const callerOf = (world: MemoryIdentity, proof: AccessKeyProof, address?: string) =>
  world.identityService.signedRequests.callerOfAccessKey(proof, () => world.request(address))

async function fails(promise: Promise<unknown>, reason: SignInFailure): Promise<void> {
  await assert.rejects(promise, (thrown) => {
    assert.ok(isFault(thrown, 'SignInFailed'), String(thrown))
    assert.equal(thrown.detail.reason, reason)
    return true
  })
}

/** The first user with an access key. */
async function keyOfUser({ vault, administrator, first }: MemoryIdentity) {
  const displayName = 'connect file'
  const input = { principal: first.user.id, displayName }
  const { accessKeyId, secret } = await vault.credentials.createAccessKey(administrator, input)
  return { principal: first.user, credential: { accessKeyId, displayName }, secret }
}

async function principalOf(world: MemoryIdentity, kind: 'user' | 'application' | 'managedIdentity' | 'group' | 'sessionRole' = 'user') {
  return world.vault.principals.create(world.administrator, { kind, displayName: kind })
}

async function keyOf(world: MemoryIdentity, principal: string) {
  return world.vault.credentials.createAccessKey(world.administrator, { principal, displayName: 'test' })
}

describe('an access key', () => {
  for (const kind of ['user', 'application', 'managedIdentity'] as const) {
    it(`makes a caller of a signed request, for a principal of the kind ${kind}`, async () => {
      const world = await memoryIdentity()
      const { id, appId } = await principalOf(world, kind)
      const key = await keyOf(world, id)
      assert.match(key.accessKeyId, /^LTAI[0-9A-Za-z]{20}$/)
      assert.match(textOf(key.secret), /^[0-9A-Za-z]{30}$/)
      const { count } = await world.store.head()
      const caller = await callerOf(world, proofOf(key))
      assert.deepEqual(
        [caller.principal, caller.appId, caller.tenant, caller.signingKey, caller.foreign],
        [id, appId, world.first.tenant.id, key.accessKeyId, false],
      )
      assert.equal((await world.store.head()).count, count, 'the entry is that of the operation')
    })
  }

  for (const kind of ['group', 'sessionRole'] as const) {
    it(`is not made for a principal of the kind ${kind}`, async () => {
      const world = await memoryIdentity()
      const { id } = await principalOf(world, kind)
      await assert.rejects(keyOf(world, id), (thrown) => isFault(thrown, 'InvalidInput'))
    })
  }

  it('is not made for an access point, and not the sixth of one principal', async () => {
    const world = await memoryIdentity()
    const refused = (thrown: unknown): boolean => isFault(thrown, 'InvalidInput')
    await assert.rejects(keyOf(world, world.first.accessPoint.principal), refused)
    const { id } = await principalOf(world)
    for (let made = 0; made < 5; made += 1) await keyOf(world, id)
    await assert.rejects(keyOf(world, id), refused)
  })

  it('takes the place of those of its name when it is asked to', async () => {
    const world = await memoryIdentity()
    const user = await keyOfUser(world)
    const principal = user.principal.id
    const other = await keyOf(world, principal)
    const input = { principal, displayName: user.credential.displayName, replace: true }
    const made = await world.vault.credentials.createAccessKey(world.administrator, input)
    await fails(callerOf(world, proofOf({ accessKeyId: user.credential.accessKeyId, secret: user.secret })), 'AccessKeyUnknown')
    for (const key of [made, other]) await callerOf(world, proofOf(key))
  })

  it('of the server\'s own files can be looked at without signing in', async () => {
    const world = await memoryIdentity()
    const { store, seal, clock, vault, first } = world
    const ports = { store, seal, clock, view: () => vault.view(), fetchJson: async () => undefined }
    const wanted = { principal: first.user.id, displayName: 'file' }
    const { accessKeyId, secret } = await vault.credentials.createAccessKey(world.administrator, wanted)
    const made = await vault.clientKeys.create(world.administrator, { accessPoint: 'default' })
    const { clientKeyId } = made.clientKey
    const { publicKey } = new X509Certificate(made.certificate)
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
    const { count } = await store.head()
    const isValid = (credential: OwnCredential) => isCredentialValid(ports, first.tenant, credential)
    assert.ok(await isValid({ kind: 'accessKey', accessKeyId, secret }))
    assert.ok(await isValid({ kind: 'clientKey', clientKeyId, publicKey }))
    assert.ok(!(await isValid({ kind: 'accessKey', accessKeyId, secret: Secret.fromText('x'.repeat(30)) })))
    assert.ok(!(await isValid({ kind: 'accessKey', accessKeyId, secret: Secret.fromText('') })))
    assert.ok(!(await isValid({ kind: 'clientKey', clientKeyId, publicKey: stranger })))
    assert.ok(!(await isValid({ kind: 'clientKey', clientKeyId: '', publicKey })))
    assert.equal((await store.head()).count, count)
  })

  it('is in the audit of the operation it signed', async () => {
    const world = await memoryIdentity()
    const user = await keyOfUser(world)
    const caller = await callerOf(world, proofOf({ ...user, accessKeyId: user.credential.accessKeyId }))
    await world.vault.secrets.list({ caller, request: world.request() }, { vault: 'default' })
    const entry = (await world.audit()).at(-1)
    assert.equal(entry?.identity.claim['signingKey'], user.credential.accessKeyId)
  })

  it('is never shown again, nor in the audit', async () => {
    const world = await memoryIdentity()
    const { id } = await principalOf(world)
    const key = await keyOf(world, id)
    const listed = await world.vault.credentials.list(world.administrator, { principal: id })
    assert.deepEqual(
      listed.map(({ hint, enabled }) => [hint, enabled]),
      [[key.accessKeyId, true]],
    )
    await fails(callerOf(world, proofOf(key, 'wrong')), 'RequestSignatureWrong')
    const told = JSON.stringify([listed, await world.audit()])
    assert.ok(!told.includes(textOf(key.secret)))
  })

  it('that is unknown, cut, in another case or of another form is refused as unknown', async () => {
    const world = await memoryIdentity()
    const { id } = await principalOf(world)
    const key = await keyOf(world, id)
    const { accessKeyId } = key
    const swapped = accessKeyId.slice(0, 4) + accessKeyId.slice(4).toLowerCase()
    const upper = accessKeyId.slice(0, 4) + accessKeyId.slice(4).toUpperCase()
    const others = [swapped, upper].filter((one) => one !== accessKeyId)
    for (const other of [...others, '', 'LTAI', accessKeyId.slice(1), `${accessKeyId}x`, `${accessKeyId}/`, '../x', 'STS.x', 'x'.repeat(10_000), 'LTAI-/\u0000']) {
      await fails(callerOf(world, { ...proofOf(key), accessKeyId: other }), 'AccessKeyUnknown')
    }
    await callerOf(world, proofOf(key))
  })

  it('is refused at once on every process when it is disabled, and taken when it is enabled again', async () => {
    const world = await memoryIdentity()
    const other = world.anotherProcess()
    const { id } = await principalOf(world)
    const key = await keyOf(world, id)
    const there = () => other.signedRequests.callerOfAccessKey(proofOf(key), () => world.request())
    await there()
    const change = (enabled: boolean) =>
      world.vault.credentials.update(world.administrator, { principal: id, credential: key.credential.id, enabled })
    assert.equal((await change(false)).enabled, false)
    await fails(there(), 'AccessKeyDisabled')
    await fails(callerOf(world, proofOf(key, 'wrong')), 'RequestSignatureWrong')
    await change(true)
    await there()
  })

  it('is unknown once it is deleted, or its principal is, and its id leads nowhere', async () => {
    const world = await memoryIdentity()
    const { id } = await principalOf(world)
    const [one, two] = [await keyOf(world, id), await keyOf(world, id)]
    for (const key of [one, two]) await callerOf(world, proofOf(key))
    await world.vault.credentials.delete(world.administrator, { principal: id, credential: one.credential.id })
    await fails(callerOf(world, proofOf(one)), 'AccessKeyUnknown')
    await callerOf(world, proofOf(two))
    await world.vault.principals.delete(world.administrator, { principal: id })
    await fails(callerOf(world, proofOf(two)), 'AccessKeyUnknown')
    const ids = [one, two].map(({ accessKeyId }) => accessKeyId.toLowerCase())
    assert.ok(![...world.contents.bodies.keys()].some((key) => ids.some((wanted) => key.includes(wanted))))
  })

  it('of a disabled principal is refused, to who has signed with it', async () => {
    const world = await memoryIdentity()
    const { id } = await principalOf(world)
    const key = await keyOf(world, id)
    await world.vault.principals.update(world.administrator, { principal: id, enabled: false })
    await fails(callerOf(world, proofOf(key)), 'PrincipalDisabled')
    await fails(callerOf(world, proofOf(key, 'wrong')), 'RequestSignatureWrong')
  })

  it('is not a token: revoking tokens leaves it', async () => {
    const world = await memoryIdentity()
    const user = await keyOfUser(world)
    const key = { accessKeyId: user.credential.accessKeyId, secret: user.secret }
    await world.vault.principals.update(world.administrator, { principal: user.principal.id, revokeTokens: true })
    const caller = await callerOf(world, proofOf(key))
    await world.vault.secrets.list({ caller, request: world.request() }, { vault: 'default' })
  })

  it('can be disabled, which a client secret cannot', async () => {
    const world = await memoryIdentity()
    const { principal } = await world.application('one')
    const [secret] = await world.vault.credentials.list(world.administrator, { principal: principal.id })
    assert.ok(secret !== undefined)
    const change = { principal: principal.id, credential: secret.id, enabled: false }
    await assert.rejects(world.vault.credentials.update(world.administrator, change), (thrown) => isFault(thrown, 'InvalidInput'))
  })
})

describe('refusals', () => {
  it('are audited with their reasons and whose key it was, and what is no id is not', async () => {
    const world = await memoryIdentity()
    const user = await keyOfUser(world)
    const { tenant } = world.first
    const { accessKeyId } = user.credential
    await fails(callerOf(world, proofOf({ accessKeyId, secret: user.secret }, 'wrong')), 'RequestSignatureWrong')
    const known = (await world.audit()).at(-1)
    assert.deepEqual(
      [known?.operationName, known?.resultDescription, known?.properties.id, known?.tenantId],
      ['Authentication', 'RequestSignatureWrong', `accessKeys/${accessKeyId}`, tenant.id],
    )
    assert.ok(Object.values(known?.identity.claim ?? {}).includes(user.principal.id))
    await fails(callerOf(world, { accessKeyId: 'my secret', verify: () => true }), 'AccessKeyUnknown')
    const unknown = (await world.audit()).at(-1)
    assert.deepEqual([unknown?.properties.id, unknown?.tenantId], ['accessKeys', ''])
  })

  it('of one address fill the audit no further than a few', async () => {
    const world = await memoryIdentity()
    const { count } = await world.store.head()
    for (let tried = 0; tried < 200; tried += 1) {
      await fails(callerOf(world, { accessKeyId: `LTAI${'0'.repeat(20)}`, verify: () => true }), 'AccessKeyUnknown')
    }
    await world.identityService.flush()
    const entries = (await world.audit(count))
    assert.ok(entries.length <= 21, `${entries.length} entries`)
    assert.match(entries.at(-1)?.resultDescription ?? '', /^180 failed/)
  })

  it('are not given where the audit cannot be written', async () => {
    const world = await memoryIdentity()
    world.failCommits()
    await assert.rejects(
      callerOf(world, { accessKeyId: 'none', verify: () => true }),
      (thrown) => isFault(thrown, 'AuditUnavailable'),
    )
  })
})

describe('a session', () => {
  async function assumed(world: MemoryIdentity, durationSeconds?: number) {
    const { id: role } = await principalOf(world, 'sessionRole')
    const duration = durationSeconds === undefined ? {} : { durationSeconds }
    const session = await world.vault.sessions.create(world.administrator, { role, session: 'nightly', ...duration })
    return { role, session }
  }

  it('lets its credentials act as the role, with its name in the audit', async () => {
    const world = await memoryIdentity()
    const { role, session } = await assumed(world)
    assert.match(session.accessKeyId, /^STS\.[0-9A-Za-z]{25}$/)
    assert.equal(session.expiresAt, Math.floor(world.clock.now() / 1000) + 3600)
    const caller = await callerOf(world, proofOf(session))
    assert.deepEqual([caller.principal, caller.session], [role, 'nightly'])
    const call = { caller, request: world.request() }
    await assert.rejects(world.vault.secrets.list(call, { vault: 'default' }), (thrown) => isFault(thrown, 'AccessDenied'))
    await world.vault.roleAssignments.create(world.administrator, { principal: role, roleDefinition: ROLE_IDS.keyVaultAdministrator, scope: '/' })
    await world.vault.secrets.list(call, { vault: 'default' })
    const entry = (await world.audit()).at(-1)
    assert.equal(entry?.identity.claim['session'], 'nightly')
    const begun = (await world.audit()).find((one) => one.operationName === 'DirectorySessionCreate')
    assert.equal(begun?.properties.id, `sessionRoles/${role}/sessions/nightly`)
    const log = JSON.stringify(await world.audit())
    assert.ok(!log.includes(textOf(session.secret)) && !log.includes(session.securityToken))
  })

  it('that is refused is audited as its role’s, once its token is one of ours', async () => {
    const world = await memoryIdentity()
    const { role, session } = await assumed(world)
    await fails(callerOf(world, proofOf(session, 'wrong')), 'RequestSignatureWrong')
    const known = (await world.audit()).at(-1)
    assert.deepEqual(
      [known?.properties.id, known?.tenantId],
      [`accessKeys/${session.accessKeyId}`, world.first.tenant.id],
    )
    assert.ok(Object.values(known?.identity.claim ?? {}).includes(role))
    const foreign = { ...session, securityToken: Buffer.alloc(200, 1).toString('base64') }
    await fails(callerOf(world, proofOf(foreign)), 'SecurityTokenMalformed')
    const unknown = (await world.audit()).at(-1)
    assert.deepEqual([unknown?.properties.id, unknown?.tenantId], [`accessKeys/${session.accessKeyId}`, ''])
  })

  it('is begun only by who may for that very role', async () => {
    const world = await memoryIdentity()
    const [{ id: role }, { id: other }] = [await principalOf(world, 'sessionRole'), await principalOf(world, 'sessionRole')]
    const { id: principal } = await principalOf(world)
    const call = { ...world.callBy(principal) }
    const begin = (wanted: string) => world.vault.sessions.create(call, { role: wanted, session: 'nightly' })
    const denied = (thrown: unknown): boolean => isFault(thrown, 'AccessDenied')
    // A user that the directory knows is never another issuer's.
    const own = { ...call, caller: { ...call.caller, foreign: false } }
    await assert.rejects(begin(role), denied)
    const scope = `/sessionRoles/${role}`
    await world.vault.roleAssignments.create(world.administrator, { principal, roleDefinition: ROLE_IDS.sessionRoleUser, scope })
    await begin(role)
    await world.vault.sessions.create(own, { role: role.toUpperCase(), session: 'nightly' })
    await assert.rejects(begin(other), denied)
    await assert.rejects(begin(randomUUID()), denied)
  })

  it('ends when its time is over', async () => {
    const world = await memoryIdentity()
    const { session } = await assumed(world, 900)
    world.clock.advance(899)
    await callerOf(world, proofOf(session))
    world.clock.advance(1)
    await fails(callerOf(world, proofOf(session)), 'SecurityTokenExpired')
    await fails(callerOf(world, proofOf(session, 'wrong')), 'RequestSignatureWrong')
  })

  it('ends when the role is disabled, deleted or has its tokens revoked, and begins again at once', async () => {
    for (const end of ['disable', 'delete', 'revoke'] as const) {
      const world = await memoryIdentity()
      const { role: principal, session } = await assumed(world)
      if (end === 'delete') await world.vault.principals.delete(world.administrator, { principal })
      else {
        const change = end === 'disable' ? { enabled: false } : { revokeTokens: true as const }
        await world.vault.principals.update(world.administrator, { principal, ...change })
      }
      await fails(callerOf(world, proofOf(session)), end === 'revoke' ? 'SessionRevoked' : 'PrincipalDisabled')
      if (end !== 'revoke') continue
      const again = await world.vault.sessions.create(world.administrator, { role: principal, session: 'nightly' })
      await callerOf(world, proofOf(again))
    }
  })

  it('is not another session, and no other key is its key', async () => {
    const world = await memoryIdentity()
    const [{ session: one }, { session: two }] = [await assumed(world), await assumed(world)]
    const user = await keyOfUser(world)
    await fails(callerOf(world, proofOf({ ...one, securityToken: two.securityToken })), 'SecurityTokenOfAnotherKey')
    await fails(callerOf(world, proofOf({ ...one, secret: two.secret })), 'RequestSignatureWrong')
    await fails(callerOf(world, { accessKeyId: one.accessKeyId, verify: () => true }), 'AccessKeyUnknown')
    const stolen = { accessKeyId: user.credential.accessKeyId, secret: user.secret, securityToken: one.securityToken }
    await fails(callerOf(world, proofOf(stolen)), 'SecurityTokenOfAnotherKey')
  })

  it('has a token that cannot be changed, cut, or made elsewhere', async () => {
    const world = await memoryIdentity()
    const elsewhere = await memoryIdentity()
    const { session } = await assumed(world)
    const bytes = Buffer.from(session.securityToken, 'base64')
    const tokens = [...bytes.keys()].map((at) => {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      return changed.toString('base64')
    })
    const other = (await assumed(elsewhere)).session.securityToken
    const own = Buffer.concat([bytes.subarray(0, 16), Buffer.from(other, 'base64').subarray(16)])
    const bad = ['x', '====', session.securityToken.slice(0, -8), 'A'.repeat(5000), other, own.toString('base64'), bytes.subarray(0, 16).toString('base64')]
    for (const securityToken of [...tokens, ...bad]) {
      await fails(callerOf(world, { ...proofOf(session), securityToken }), 'SecurityTokenMalformed')
    }
  })

  it('is not begun with bad input, nor as what is no session role', async () => {
    const world = await memoryIdentity()
    const { id: role } = await principalOf(world, 'sessionRole')
    const { id: user } = await principalOf(world)
    const refused = (thrown: unknown): boolean => isFault(thrown, 'InvalidInput')
    const good = { role, session: 'nightly' }
    for (const bad of [
      { ...good, role: user }, { ...good, role: 'x' }, { ...good, role: '../..' }, { ...good, session: 'x' },
      { ...good, session: 'a b' }, { ...good, session: 'x'.repeat(65) }, { ...good, durationSeconds: 899 },
      { ...good, durationSeconds: 3601 }, { ...good, durationSeconds: 1000.5 }, { ...good, durationSeconds: Number.NaN },
    ]) {
      await assert.rejects(world.vault.sessions.create(world.administrator, bad), refused, JSON.stringify(bad))
    }
    await world.vault.principals.update(world.administrator, { principal: role, enabled: false })
    await assert.rejects(world.vault.sessions.create(world.administrator, good), refused)
  })
})
