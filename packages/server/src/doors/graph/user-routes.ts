import { Secret } from '@claviger/vault'
import { azure } from '@claviger/wire'
import { readObject } from './body.ts'
import { answerEntry, NO_CONTENT, readEntry } from './entity.ts'
import { listCollection } from './listing.ts'
import { idOfKey } from './object-key.ts'
import type { GraphRoute } from './route.ts'

const READ = ['displayName', 'userPrincipalName', 'accountEnabled', 'passwordProfile'] as const

/** The new password, if one is given. @throws azure.MalformedMember */
function passwordOf(members: azure.JsonMembers): Secret | undefined {
  const profile = members.object('passwordProfile')
  const forced = ['forceChangePasswordNextSignIn', 'forceChangePasswordNextSignInWithMfa'] as const
  for (const name of forced) {
    if (profile?.boolean(name) !== true) continue
    throw profile.malformed(
      name,
      'it must be false; users change their passwords at the sign-in page',
    )
  }
  const text = profile?.string('password')
  return text === undefined ? undefined : Secret.fromText(text)
}

export const USER_ROUTES: readonly GraphRoute[] = [
  {
    method: 'GET',
    path: '/users',
    operations: ['directory/list'],
    answer: (request) => listCollection(request, 'users'),
  },
  {
    method: 'POST',
    path: '/users',
    operations: ['directory/createUser', 'directory/get'],
    successStatus: 201,
    async answer(request) {
      const { vault, call } = request
      const { members, attributes } = readObject(request, 'users', READ)
      const optional = azure.omitUndefined({
        enabled: members.boolean('accountEnabled'),
        password: passwordOf(members),
      })
      const { id } = await vault.directory.createUser(call, {
        displayName: members.requiredString('displayName'),
        userPrincipalName: members.requiredString('userPrincipalName'),
        attributes,
        ...optional,
      })
      const place = { by: 'id', id } as const
      return answerEntry(request, await vault.directory.get(call, { place }), 201)
    },
  },
  {
    method: 'GET',
    path: '/users/:id',
    operations: ['directory/get'],
    answer: async (request) => answerEntry(request, await readEntry(request, 'users')),
  },
  {
    method: 'PATCH',
    path: '/users/:id',
    operations: ['directory/get', 'users/setPassword', 'principals/update'],
    successStatus: 204,
    async answer(request) {
      const { vault, call } = request
      const { members, attributes } = readObject(request, 'users', READ)
      const password = passwordOf(members)
      const change = azure.omitUndefined({
        displayName: members.string('displayName'),
        userPrincipalName: members.string('userPrincipalName'),
        enabled: members.boolean('accountEnabled'),
      })
      const principal = await idOfKey(request, 'users')
      // The password first: it is what can be refused.
      const collection = 'users'
      if (password !== undefined) {
        await vault.users.setPassword(call, { principal, collection, password })
      }
      const isMore = Object.keys(change).length + Object.keys(attributes).length > 0
      if (isMore || password === undefined) {
        await vault.principals.update(call, { principal, collection, attributes, ...change })
      }
      return NO_CONTENT
    },
  },
  {
    method: 'DELETE',
    path: '/users/:id',
    operations: ['directory/get', 'principals/delete'],
    successStatus: 204,
    async answer(request) {
      const { vault, call } = request
      const principal = await idOfKey(request, 'users')
      await vault.principals.delete(call, { principal, collection: 'users' })
      return NO_CONTENT
    },
  },
  {
    method: 'POST',
    path: '/users/:id/revokeSignInSessions',
    operations: ['directory/get', 'principals/update'],
    async answer(request) {
      const { vault, call, base } = request
      const principal = await idOfKey(request, 'users')
      await vault.principals.update(call, { principal, collection: 'users', revokeTokens: true })
      return {
        status: 200,
        body: { '@odata.context': `${base}/$metadata#Edm.Boolean`, value: true },
      }
    },
  },
]
