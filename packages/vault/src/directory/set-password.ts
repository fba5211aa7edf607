import { operation, type OperationContext } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import { summaryOf, type CredentialSummary } from './credentials.ts'
import type { DirectoryCollection } from './directory-index.ts'
import { failedSignIn } from './failed-sign-in.ts'
import { hashPassword, isPassword } from './password-hash.ts'
import { demandGoodPassword, normalPassword } from './password-rules.ts'
import type { Principal } from './principal.ts'
import { passwordOf, readSelf, readUser, replacePassword } from './user-credentials.ts'

export interface SetPasswordInput {
  readonly principal: string
  /** One of another collection is not found. */
  readonly collection?: DirectoryCollection
  readonly password: Secret
}

/** Gives a user a password, whatever it had before; its tokens and sessions are revoked. */
export const setPassword = operation<SetPasswordInput, CredentialSummary>({
  name: 'DirectoryPasswordSet',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal }) => `principals/${principal}/password`,

  async run(context, { principal, collection, password }) {
    const user = await readUser(context, principal, collection)
    return await givePassword(context, user, password)
  },
})

export interface ChangePasswordInput {
  readonly current: Secret
  readonly password: Secret
}

/** Lets a user change its own password, which it has to know; its sessions end. */
export const changePassword = operation<ChangePasswordInput, CredentialSummary>({
  name: 'DirectoryPasswordChange',
  permission: 'self/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: () => 'self/password',

  async run(context, { current, password }) {
    const { unit, caller } = context
    const user = await readSelf(context)
    const known = await passwordOf(unit, caller.tenant, user.id)
    const normal = normalPassword(current)
    const isRight = normal !== undefined && (await isPassword(normal, known?.phc))
    if (!isRight) throw failedSignIn('PasswordWrong')
    return await givePassword(context, user, password)
  },
})

/** Puts a good password in the place of the user's, if it has one. @throws Fault InvalidInput */
export async function givePassword(
  context: OperationContext,
  user: Principal,
  password: Secret,
): Promise<CredentialSummary> {
  const names = [user.displayName, ...nameParts(user.userPrincipalName)]
  const good = demandGoodPassword(password, names)
  return summaryOf(await replacePassword(context, user, await hashPassword(good)))
}

/** The name before the `@` and what is around it. */
function nameParts(userName = ''): readonly string[] {
  return [userName, userName.split('@')[0] ?? '']
}
