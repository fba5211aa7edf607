import type { KeyRotationPolicy, KeyRotationPolicyProperties } from '@claviger/client/azure'
import { timeText } from '../objects/object-record.ts'
import { isRecord, type JsonRecord, type JsonValue } from '../output/json-value.ts'

/** A rotation policy as `az` has it. */
export function policyRecord(policy: KeyRotationPolicy): JsonRecord {
  return {
    id: policy.id ?? null,
    createdOn: timeText(policy.createdOn),
    updatedOn: timeText(policy.updatedOn),
    expiresIn: policy.expiresIn ?? null,
    lifetimeActions: (policy.lifetimeActions ?? []).map((one) => ({
      action: one.action,
      timeAfterCreate: one.timeAfterCreate ?? null,
      timeBeforeExpiry: one.timeBeforeExpiry ?? null,
    })),
  }
}

/**
 * Reads a rotation policy: as `az` takes it, which is as the service has it, or as it was shown.
 * @throws TypeError for anything else.
 */
export function parsePolicy(text: string): KeyRotationPolicyProperties {
  const policy = JSON.parse(text) as JsonValue
  if (!isRecord(policy)) throw new TypeError('not a policy')
  const { attributes, lifetimeActions = [] } = policy
  if (!Array.isArray(lifetimeActions)) throw new TypeError('not a list of actions')
  const expiresIn = optionalText(isRecord(attributes) ? attributes['expiryTime'] : policy['expiresIn'])
  return {
    ...(expiresIn === undefined ? {} : { expiresIn }),
    lifetimeActions: (lifetimeActions as readonly JsonValue[]).map(parseAction),
  }
}

function parseAction(
  value: JsonValue,
): NonNullable<KeyRotationPolicyProperties['lifetimeActions']>[number] {
  if (!isRecord(value)) throw new TypeError('not an action')
  const { action, trigger } = value
  const times = isRecord(trigger) ? trigger : value
  const named = optionalText(isRecord(action) ? action['type'] : action)?.toLowerCase()
  if (named !== 'rotate' && named !== 'notify') throw new TypeError('not an action')
  const timeAfterCreate = optionalText(times['timeAfterCreate'])
  const timeBeforeExpiry = optionalText(times['timeBeforeExpiry'])
  return {
    action: named === 'rotate' ? 'Rotate' : 'Notify',
    ...(timeAfterCreate === undefined ? {} : { timeAfterCreate }),
    ...(timeBeforeExpiry === undefined ? {} : { timeBeforeExpiry }),
  }
}

function optionalText(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw new TypeError('not a text')
  return value
}
