import type { Call, DenialLimit, Tenant, Vault } from '@claviger/vault'
import type { alibaba } from '@claviger/wire'
import type { SharedSettings } from './settings.ts'

/** What an action is given: who asks, at which region, with what parameters. */
export interface ActionRequest<Name extends alibaba.shared.ActionName = alibaba.shared.ActionName> {
  readonly vault: Vault
  readonly call: Call
  readonly tenant: Tenant
  readonly region: string
  /** 16 decimal digits. */
  readonly account: string
  readonly settings: SharedSettings
  /** At the gateway of an instance, the vault that it is: nothing of any other is there. */
  readonly instance?: string
  /** For the parts of an action that is no failure as a whole when one of them is denied. */
  readonly denials?: Pick<DenialLimit, 'guard'>
  readonly parameters: alibaba.shared.ActionParameters<Name>
}

/** What every action knows of its request but its own parameters. */
export type ActionContext = Omit<ActionRequest, 'parameters'>

/** One action: how its parameters become an operation, and the result an answer. */
export type Action<Name extends alibaba.shared.ActionName> = (
  request: ActionRequest<Name>,
) => Promise<alibaba.shared.AnswerObject>

/** Some actions by their names. */
export type Actions<Name extends alibaba.shared.ActionName> = { readonly [One in Name]: Action<One> }
