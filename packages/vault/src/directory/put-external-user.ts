import { isFault } from '../fault.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { userNamed, type SignedInUser } from './authenticate-user.ts'
import type { ExternalIdentity } from './external-identity.ts'
import { failedSignIn } from './failed-sign-in.ts'
import { putLink } from './link-identity.ts'
import { putNewPrincipal } from './put-principal.ts'
import { touchEpochOf } from './touch-epoch.ts'

/** What the provider says of a user. */
export interface ExternalUser {
  readonly userName?: string
  readonly displayName: string
}

/**
 * Makes a user of an external provider one of ours, who can do nothing until somebody gives it a
 * role. One that has the user name already is never taken for it: the operator may link them.
 * @throws Fault SignInFailed ExternalIdentityUnknown
 */
export async function putExternalUser(
  unit: UnitOfWork,
  tenant: string,
  identity: ExternalIdentity,
  { userName, displayName }: ExternalUser,
  now: EpochSeconds,
): Promise<SignedInUser> {
  const isTaken = userName !== undefined && (await userNamed(unit, tenant, userName)) !== undefined
  if (isTaken) throw failedSignIn('ExternalIdentityUnknown')
  try {
    const named = userName === undefined ? {} : { userPrincipalName: userName }
    const input = { kind: 'user', displayName, ...named } as const
    const user = await putNewPrincipal(unit, tenant, input, now)
    const { id } = await putLink(unit, tenant, user.id, identity, now)
    await touchEpochOf(unit, tenant)
    return { user, methods: ['fed'], credential: id }
  } catch (thrown) {
    // The provider's names break our rules: its users have to be linked by hand.
    const isUnfit = isFault(thrown, 'InvalidInput') || isFault(thrown, 'DirectoryObjectExists')
    throw isUnfit ? failedSignIn('ExternalIdentityUnknown') : thrown
  }
}
