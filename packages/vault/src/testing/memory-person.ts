import type { SignInSession } from '../directory/sign-in-session.ts'
import type { Principal } from '../directory/principal.ts'
import { Secret } from '../seal/secret.ts'
import { memoryIdentity, type MemoryIdentity } from './memory-identity.ts'

/** The password of the person below. */
export const PERSON_PASSWORD = 'correct horse battery staple'
/** Its user name. */
export const PERSON_NAME = 'ada@example.com'

/** The domain in memory with somebody who can sign in. */
export interface MemoryPerson extends MemoryIdentity {
  readonly person: Principal
  /** Signs her in; gives the ticket of the session. */
  signIn(clientAddress?: string): Promise<string>
  /** Signs her in; gives the session. */
  session(): Promise<SignInSession>
}

/** Opens it; nothing is shared between two of them. */
export async function memoryPerson(): Promise<MemoryPerson> {
  const world = await memoryIdentity()
  const { vault, administrator, identityService, first, request } = world
  const person = await vault.principals.create(administrator, {
    kind: 'user',
    displayName: 'Ada',
    userPrincipalName: PERSON_NAME,
  })
  const password = Secret.fromText(PERSON_PASSWORD)
  await vault.users.setPassword(administrator, { principal: person.id, password })
  // A revocation, which a new password is, covers the whole second it falls into.
  world.clock.advance(1)
  const signIn = (clientAddress = '192.0.2.7'): Promise<string> =>
    identityService.people.signIn(
      first.tenant,
      { kind: 'password', userName: PERSON_NAME, password },
      request(clientAddress),
    )
  return {
    ...world,
    person,
    signIn,
    async session() {
      const session = await identityService.people.session(first.tenant, await signIn())
      if (session === undefined) throw new TypeError('the session is not there')
      return session
    },
  }
}
