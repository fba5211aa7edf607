import type { JsonMembers } from './json-members.ts'
import { omitUndefined } from './omit-undefined.ts'

/** The rotation policy of a key; durations are texts of ISO 8601. */
export interface KeyRotationPolicyBundle {
  readonly id: string
  readonly lifetimeActions: readonly {
    readonly trigger: { readonly timeAfterCreate?: string; readonly timeBeforeExpiry?: string }
    readonly action: { readonly type: 'Rotate' | 'Notify' }
  }[]
  readonly attributes: {
    readonly expiryTime?: string
    readonly created?: number
    readonly updated?: number
  }
}

export interface LifetimeActionParameters {
  readonly type: 'Rotate' | 'Notify'
  readonly timeAfterCreate?: string
  readonly timeBeforeExpiry?: string
}

export interface KeyRotationPolicyParameters {
  readonly lifetimeActions: readonly LifetimeActionParameters[]
  readonly expiryTime?: string
}

/**
 * The body of an update of a rotation policy. An empty duration counts as absent, and the names of
 * actions match in any case, as the service has it.
 * @throws MalformedMember
 */
export function readKeyRotationPolicyParameters(body: JsonMembers): KeyRotationPolicyParameters {
  const actions = body.objects('lifetimeActions') ?? []
  const attributes = body.object('attributes')
  return {
    lifetimeActions: actions.map(readLifetimeAction),
    ...omitUndefined({ expiryTime: attributes && duration(attributes, 'expiryTime') }),
  }
}

function readLifetimeAction(members: JsonMembers): LifetimeActionParameters {
  const trigger = members.object('trigger')
  const action = members.requiredObject('action')
  const named = action.requiredString('type').toLowerCase()
  const type = (['Rotate', 'Notify'] as const).find((one) => one.toLowerCase() === named)
  if (type === undefined) throw action.malformed('type', 'it must be Rotate or Notify')
  return {
    type,
    ...omitUndefined({
      timeAfterCreate: trigger && duration(trigger, 'timeAfterCreate'),
      timeBeforeExpiry: trigger && duration(trigger, 'timeBeforeExpiry'),
    }),
  }
}

function duration(members: JsonMembers, name: string): string | undefined {
  const text = members.string(name)
  return text === '' ? undefined : text
}
