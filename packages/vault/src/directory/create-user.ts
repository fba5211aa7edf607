import { operation } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import type { Attributes } from './attributes.ts'
import type { Principal } from './principal.ts'
import { putNewPrincipal } from './put-principal.ts'
import { givePassword } from './set-password.ts'
import { touchEpoch } from './touch-epoch.ts'

export interface CreateUserInput {
  readonly displayName: string
  /** Unique in the tenant. */
  readonly userPrincipalName: string
  /** Without one the user signs in by other means, or is given one later. */
  readonly password?: Secret
  readonly enabled?: boolean
  readonly attributes?: Attributes
}

/** Makes a user with a password, both or neither. */
export const createUser = operation<CreateUserInput, Principal>({
  name: 'DirectoryPrincipalCreate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: (_input, output) => `principals${output === undefined ? '' : `/${output.id}`}`,

  async run(context, { password, ...input }) {
    const { unit, caller, now } = context
    const user = await putNewPrincipal(unit, caller.tenant, { ...input, kind: 'user' }, now)
    if (password !== undefined) await givePassword(context, user, password)
    touchEpoch(unit)
    return user
  },
})
