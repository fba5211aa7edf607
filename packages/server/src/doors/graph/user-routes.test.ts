import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import {
  BASE,
  graphDoorUnderTest,
  type GraphDoorUnderTest,
  type Received,
} from './door-under-test.ts'

const messageOf = ({ json }: Received) => (json['error'] as { readonly message: string }).message

const ADA = {
  accountEnabled: true,
  displayName: 'Ada',
  mailNickname: 'ada',
  userPrincipalName: 'ada@localhost',
  passwordProfile: { password: 'a long enough phrase', forceChangePasswordNextSignIn: false },
}

async function made({ call }: GraphDoorUnderTest, path: string, body: object): Promise<string> {
  const { status, json, text } = await call('POST', path, { body })
  assert.equal(status, 201, text)
  return String(json['id'])
}

const group = (door: GraphDoorUnderTest, displayName: string) =>
  made(door, '/groups', {
    displayName,
    mailNickname: displayName,
    mailEnabled: false,
    securityEnabled: true,
  })

describe('users', () => {
  it('are made with a password, shown by id and by name, changed and deleted', async () => {
    const door = await graphDoorUnderTest()
    const { call, list, memory } = door
    const id = await made(door, '/users', ADA)
    const kinds = await memory.vault.credentials.list(memory.administrator, { principal: id })
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['password'],
    )
    for (const key of [id, 'ada@localhost', 'ADA@localhost']) {
      const { json } = await call('GET', `/users/${key}`)
      assert.deepEqual(
        [json['id'], json['mailNickname'], json['accountEnabled']],
        [id, 'ada', true],
      )
    }
    const body = { displayName: 'Countess', jobTitle: 'Analyst', accountEnabled: false }
    assert.equal((await call('PATCH', '/users/ada@localhost', { body })).status, 204)
    const [found] = await list(
      "/users?$filter=startswith(displayName,'count') and jobTitle eq 'analyst'",
    )
    assert.deepEqual([found?.['id'], found?.['accountEnabled']], [id, false])
    assert.equal((await call('DELETE', '/users/ada@localhost')).status, 204)
    assert.equal((await call('GET', `/users/${id}`)).status, 404)
  })

  it('are found by names of any writing, in brackets or without', async () => {
    const door = await graphDoorUnderTest()
    const { call } = door
    for (const userPrincipalName of ['王芳@例え.jp', "o'brien#$@localhost", 'İSTANBUL@localhost']) {
      const id = await made(door, '/users', { ...ADA, userPrincipalName })
      const quoted = encodeURIComponent(`'${userPrincipalName.replaceAll("'", "''")}'`)
      for (const path of [`/users/${encodeURIComponent(userPrincipalName)}`, `/users(${quoted})`]) {
        assert.equal((await call('GET', path)).json['id'], id, path)
      }
    }
    assert.equal((await call('GET', `/users/${encodeURIComponent('李明@例え.jp')}`)).status, 404)
  })

  it('with a name that is taken, or a password that is weak, are not made at all', async () => {
    const door = await graphDoorUnderTest()
    const { call, list } = door
    const weak = { ...ADA, passwordProfile: { password: 'short' } }
    assert.equal((await call('POST', '/users', { body: weak })).status, 400)
    assert.deepEqual(await list("/users?$filter=userPrincipalName eq 'ada@localhost'"), [])
    await made(door, '/users', ADA)
    const taken = await call('POST', '/users', { body: ADA })
    assert.equal(taken.status, 400)
    assert.match(messageOf(taken), /same value for property userPrincipalName already exists/)
    const forced = {
      passwordProfile: { password: 'another long phrase', forceChangePasswordNextSignIn: true },
    }
    assert.equal((await call('PATCH', '/users/ada@localhost', { body: forced })).status, 400)
  })

  it('are given another password, which ends what they were signed in with', async () => {
    const door = await graphDoorUnderTest()
    const { call, memory } = door
    const id = await made(door, '/users', ADA)
    const [before] = await memory.vault.credentials.list(memory.administrator, { principal: id })
    const body = { passwordProfile: { password: 'another long phrase' } }
    assert.equal((await call('PATCH', `/users/${id}`, { body })).status, 204)
    const [after] = await memory.vault.credentials.list(memory.administrator, { principal: id })
    assert.notEqual(after?.id, before?.id)
    assert.equal((await call('POST', `/users/${id}/revokeSignInSessions`)).status, 200)
  })
})

describe('groups', () => {
  it('have members, which are added, listed, checked and removed', async () => {
    const door = await graphDoorUnderTest()
    const { call, list } = door
    const user = await made(door, '/users', ADA)
    const inner = await group(door, 'inner')
    const outer = await group(door, 'outer')
    const join = (member: string, to: string) =>
      call('POST', `/groups/${to}/members/$ref`, {
        body: { '@odata.id': `${BASE}/directoryObjects/${member}` },
      })
    assert.equal((await join(user, inner)).status, 204)
    assert.equal((await join(inner, outer)).status, 204)
    const again = await join(user, inner)
    assert.equal(again.status, 400)
    assert.match(messageOf(again), /modified properties: 'members'/)
    const idsOf = async (path: string) => (await list(path)).map((one) => String(one['id']))
    assert.deepEqual(await idsOf(`/groups/${outer}/members`), [inner])
    assert.deepEqual(
      (await idsOf(`/groups/${outer}/transitiveMembers`)).toSorted(),
      [inner, user].toSorted(),
    )
    assert.deepEqual(await idsOf('/users/ada@localhost/memberOf'), [inner])
    const [member] = await list(`/groups/${inner}/members?$select=id`)
    assert.deepEqual(member, { '@odata.type': '#microsoft.graph.user', id: user })
    const check = await call('POST', `/directoryObjects/${user}/checkMemberGroups`, {
      body: { groupIds: [outer, randomUUID()] },
    })
    assert.deepEqual(check.json['value'], [outer])
    for (const path of [`/users/${user}`, `/directoryObjects/${user}`]) {
      const all = await call('POST', `${path}/getMemberGroups`, {
        body: { securityEnabledOnly: false },
      })
      assert.deepEqual((all.json['value'] as string[]).toSorted(), [inner, outer].toSorted())
    }
    assert.equal((await call('DELETE', `/groups/${inner}/members/${user}/$ref`)).status, 204)
    assert.equal((await call('DELETE', `/groups/${inner}/members/${user}/$ref`)).status, 404)
    assert.deepEqual(await idsOf(`/groups/${outer}/transitiveMembers`), [inner])
  })

  it('are for access alone, and found by both their names', async () => {
    const door = await graphDoorUnderTest()
    const { call, list } = door
    const id = await group(door, 'team')
    const filter = "displayName eq 'team' and mailNickname eq 'TEAM'"
    assert.deepEqual(
      (await list(`/groups?$filter=${filter}`)).map((one) => one['id']),
      [id],
    )
    for (const wrong of [
      { mailEnabled: true },
      { securityEnabled: false },
      { groupTypes: ['Unified'] },
    ]) {
      assert.equal(
        (await call('POST', '/groups', { body: { displayName: 'x', ...wrong } })).status,
        400,
      )
    }
    assert.equal(
      (await call('PATCH', `/groups/${id}`, { body: { description: 'ours' } })).status,
      204,
    )
    assert.equal((await call('GET', `/groups/${id}`)).json['description'], 'ours')
    assert.equal((await call('DELETE', `/groups/${id}`)).status, 204)
  })

  it('are not what other objects are, whatever path is asked', async () => {
    const door = await graphDoorUnderTest()
    const { call } = door
    const user = await made(door, '/users', ADA)
    const team = await group(door, 'team')
    for (const [method, path] of [
      ['GET', `/groups/${user}`],
      ['PATCH', `/groups/${user}`],
      ['DELETE', `/groups/${user}`],
      ['DELETE', `/users/${team}`],
      ['GET', `/applications/${user}`],
      ['DELETE', `/applications/${user}`],
    ] as const) {
      const answer = await call(method, path, method === 'PATCH' ? { body: {} } : {})
      assert.equal(answer.status, 404, `${method} ${path}`)
    }
    assert.equal((await call('GET', `/users/${user}`)).status, 200)
  })
})

describe('objects of every kind', () => {
  it('are read by their ids, each with its type, and those that are not there are left out', async () => {
    const door = await graphDoorUnderTest()
    const { call, memory } = door
    const user = await made(door, '/users', ADA)
    const team = await group(door, 'team')
    const { id: principal } = memory.first.administrator.principal
    const ids = [user, team, principal, randomUUID()]
    const types = ['user', 'group', 'servicePrincipal', 'directoryObjectPartnerReference']
    const typesOf = async (body: object) => {
      const { json } = await call('POST', '/directoryObjects/getByIds', { body })
      return (json['value'] as Record<string, unknown>[]).map((one) => one['@odata.type'])
    }
    const all = [
      '#microsoft.graph.user',
      '#microsoft.graph.group',
      '#microsoft.graph.servicePrincipal',
    ]
    assert.deepEqual(await typesOf({ ids, types }), all)
    assert.deepEqual(await typesOf({ ids }), all)
    assert.deepEqual(await typesOf({ ids, types: ['group', 'device'] }), ['#microsoft.graph.group'])
    assert.equal((await call('GET', `/directoryObjects/${user}`)).json['@odata.type'], all[0])
    const many = { ids: Array.from({ length: 1001 }, () => randomUUID()) }
    for (const body of [{}, { ids: ['x'] }, { ids: 'x' }, many]) {
      assert.equal((await call('POST', '/directoryObjects/getByIds', { body })).status, 400)
    }
  })
})
