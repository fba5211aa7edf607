import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { SECONDS_PER_DAY, type EpochSeconds } from '../time.ts'
import { demandInUse } from './demand-in-use.ts'
import { demandRotatable, type Rotatable } from './demand-rotatable.ts'
import { actionTime, changeKeyDues } from './key-due.ts'
import { keyKey, type KeyHead, type KeyRef } from './key.ts'
import { keyTarget } from './read-key.ts'
import { validRotationRules, type RotationPolicy } from './rotation-policy.ts'

const MINIMUM_DAYS = 7
const MAXIMUM_DAYS = 730

export interface SetRotationIntervalInput {
  readonly key: KeyRef
  /** 7 to 730 days; without it the key is no longer rotated by itself. */
  readonly seconds?: number | undefined
}

/**
 * Has a symmetric key rotated each time that its current version is so old, or no longer. What else
 * its rotation policy says stays.
 * @throws Fault ObjectDisabled, KeyAwaitsMaterial, KeyNotRotatable, ObjectManaged
 */
export const setRotationInterval = operation<SetRotationIntervalInput, KeyHead>({
  name: 'KeyRotationPolicySet',
  permission: 'keys/setRotationPolicy',
  writes: true,
  target: keyTarget,

  async run(context, { key, seconds }) {
    const { unit, vault, now } = context
    const container = vault()
    const head = await demandInUse(context, key)
    if (head.current.managed === true) {
      throw new Fault('ObjectManaged', { kind: 'key', operation: 'setrotationpolicy' })
    }
    demandRotatedByItself(head.current)
    const rotationPolicy = withInterval(head.rotationPolicy, seconds, now)
    const after: KeyHead = { ...head, rotationPolicy }
    await changeKeyDues(unit, container, head, after)
    unit.put<KeyHead>(keyKey(container, key.name), { meta: after })
    return after
  },
})

/** @throws Fault KeyNotRotatable: users of an asymmetric key must be given each new public half. */
export function demandRotatedByItself(version: Rotatable): void {
  demandRotatable(version)
  const { name, spec } = version
  if (spec.type === 'oct' || spec.type === 'SM4') return
  const reason = 'only symmetric keys are rotated by interval'
  throw new Fault('KeyNotRotatable', { name, reason })
}

/** @throws Fault InvalidInput */
export function withInterval(
  before: RotationPolicy | undefined,
  seconds: number | undefined,
  now: EpochSeconds,
): RotationPolicy {
  const others = (before?.lifetimeActions ?? []).filter(({ type }) => type !== 'Rotate')
  const rules = {
    lifetimeActions:
      seconds === undefined
        ? others
        : [...others, { type: 'Rotate', timeAfterCreate: durationOf(seconds) } as const],
    ...(before?.expiryTime === undefined ? {} : { expiryTime: before.expiryTime }),
  }
  return { ...validRotationRules(rules), created: before?.created ?? now, updated: now }
}

function durationOf(seconds: number): string {
  const days = seconds / SECONDS_PER_DAY
  if (!Number.isInteger(seconds) || days < MINIMUM_DAYS || days > MAXIMUM_DAYS) {
    const reason = `it must be from ${MINIMUM_DAYS} to ${MAXIMUM_DAYS} days`
    throw invalidInput('RotationInterval', reason)
  }
  const rest = seconds % SECONDS_PER_DAY
  return `P${Math.floor(days)}D${rest === 0 ? '' : `T${rest}S`}`
}

/**
 * How old, in seconds, a version of the key is when its policy has it replaced, whatever its state;
 * `undefined` for never.
 */
export function rotationSeconds({ current, rotationPolicy }: KeyHead): number | undefined {
  if (rotationPolicy === undefined) return undefined
  const time = actionTime({ current: { ...current, enabled: true }, rotationPolicy }, 'Rotate')
  return time === undefined ? undefined : Math.max(0, time - current.created)
}
