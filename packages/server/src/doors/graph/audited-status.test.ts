import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BASE, graphDoorUnderTest } from './door-under-test.ts'

describe('the audit of Graph', () => {
  it('has the status that was answered', async () => {
    const { call, memory } = await graphDoorUnderTest()
    const send = async (method: string, path: string, status: number, body?: object) => {
      const answer = await call(method, path, body === undefined ? {} : { body })
      const entry = (await memory.audit()).at(-1)
      const shown = `${method} ${path} ${answer.text}`
      assert.deepEqual([answer.status, entry?.properties.httpStatusCode], [status, status], shown)
      return answer.json
    }
    const named = { displayName: 'one', mailNickname: 'one' }
    const user = await send('POST', '/users', 201, {
      ...named,
      accountEnabled: true,
      userPrincipalName: 'one@localhost',
      passwordProfile: { password: 'a long enough phrase', forceChangePasswordNextSignIn: false },
    })
    const reference = { '@odata.id': `${BASE}/directoryObjects/${String(user['id'])}` }
    const group = await send('POST', '/groups', 201, {
      ...named,
      mailEnabled: false,
      securityEnabled: true,
    })
    const application = await send('POST', '/applications', 201, { displayName: 'app' })
    const { appId } = application
    const principal = await send('POST', '/servicePrincipals', 201, { appId })
    const ids = [user, group, application, principal].map(({ id }) => String(id))
    const [aUser = '', aGroup = '', anApplication = '', aPrincipal = ''] = ids
    const of = `/applications/${anApplication}`
    await send('GET', of, 200)
    const password = await send('POST', `${of}/addPassword`, 200, { passwordCredential: {} })
    await send('POST', `${of}/removePassword`, 204, { keyId: password['keyId'] })
    const federated = await send('POST', `${of}/federatedIdentityCredentials`, 201, {
      name: 'one',
      issuer: 'https://issuer.example',
      subject: 'subject',
      audiences: ['api://AzureADTokenExchange'],
    })
    const credential = `${of}/federatedIdentityCredentials/${String(federated['id'])}`
    await send('PATCH', credential, 204, { description: 'mine' })
    await send('DELETE', credential, 204)
    await send('POST', `${of}/owners/$ref`, 204, reference)
    await send('DELETE', `${of}/owners/${aUser}/$ref`, 204)
    await send('POST', `/groups/${aGroup}/members/$ref`, 204, reference)
    await send('DELETE', `/groups/${aGroup}/members/${aUser}/$ref`, 204)
    await send('POST', `/users/${aUser}/revokeSignInSessions`, 200, {})
    for (const path of [
      `/users/${aUser}`, `/groups/${aGroup}`, `/servicePrincipals/${aPrincipal}`, of,
    ]) {
      const isPrincipal = path.startsWith('/service')
      const change = isPrincipal ? { accountEnabled: true } : { displayName: 'two' }
      await send('PATCH', path, 204, change)
      await send('DELETE', path, 204)
      await send('GET', path, 404)
    }
  })
})
