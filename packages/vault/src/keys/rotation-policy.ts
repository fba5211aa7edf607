import type { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { SECONDS_PER_DAY, type EpochSeconds } from '../time.ts'
import { addDuration, parseDuration, type Duration } from './duration.ts'

/** What is done with a key at a time of its life; exactly one of the two times is given. */
export interface LifetimeAction {
  readonly type: 'Rotate' | 'Notify'
  /** ISO 8601, after the current version was made. */
  readonly timeAfterCreate?: string
  /** ISO 8601, before the current version expires. */
  readonly timeBeforeExpiry?: string
}

/** What a caller says of the life of a key; durations stay as they were written. */
export interface RotationRules {
  readonly lifetimeActions: readonly LifetimeAction[]
  /** ISO 8601: how long each version that a rotation makes is valid. */
  readonly expiryTime?: string
}

/** The rules of a key, and since when it has them. */
export interface RotationPolicy extends RotationRules {
  readonly created?: EpochSeconds
  readonly updated?: EpochSeconds
}

const DEFAULT_NOTIFY: LifetimeAction = { type: 'Notify', timeBeforeExpiry: 'P30D' }

/** What holds for a key whose owner has said nothing. */
export const DEFAULT_ROTATION_POLICY: RotationPolicy = { lifetimeActions: [DEFAULT_NOTIFY] }

const LEAST_EXPIRY_DAYS = 28
const LEAST_ACTION_DAYS = 7
const MOST_YEARS = 100
/** 2025-01-01, from which durations are compared; elsewhere months differ by three days at most. */
const REFERENCE: EpochSeconds = 1_735_689_600

/**
 * Checks the rules of §2.5 of the service's description; a policy that says nothing of notifying
 * gets the service's own Notify, as there.
 * @throws Fault InvalidInput
 */
export function validRotationRules({ lifetimeActions, expiryTime }: RotationRules): RotationRules {
  const property = 'attributes.expiryTime'
  const expiryDays = expiryTime === undefined ? undefined : daysOf(property, expiryTime)
  if (expiryDays !== undefined && expiryDays < LEAST_EXPIRY_DAYS) {
    throw invalidInput(property, `it must be at least ${LEAST_EXPIRY_DAYS} days`)
  }
  for (const [index, action] of lifetimeActions.entries()) {
    demandValidAction(action, `lifetimeActions[${index}]`, expiryDays)
  }
  for (const type of ['Rotate', 'Notify'] as const) {
    if (lifetimeActions.filter((action) => action.type === type).length > 1) {
      throw invalidInput('lifetimeActions', `it may have one action of type ${type}`)
    }
  }
  const notifies = lifetimeActions.some(({ type }) => type === 'Notify')
  return {
    lifetimeActions: notifies ? lifetimeActions : [...lifetimeActions, DEFAULT_NOTIFY],
    ...(expiryTime === undefined ? {} : { expiryTime }),
  }
}

function demandValidAction(
  action: LifetimeAction,
  place: string,
  expiryDays: number | undefined,
): void {
  const { type, timeAfterCreate, timeBeforeExpiry } = action
  if ((timeAfterCreate === undefined) === (timeBeforeExpiry === undefined)) {
    throw invalidInput(`${place}.trigger`, 'give either timeAfterCreate or timeBeforeExpiry')
  }
  if (timeAfterCreate !== undefined) {
    const property = `${place}.trigger.timeAfterCreate`
    if (type === 'Notify') throw invalidInput(property, 'Notify takes timeBeforeExpiry alone')
    const days = atLeastAWeek(property, timeAfterCreate)
    if (expiryDays !== undefined && days >= expiryDays) {
      throw invalidInput(property, 'it must be shorter than attributes.expiryTime')
    }
    return
  }
  const property = `${place}.trigger.timeBeforeExpiry`
  const days = atLeastAWeek(property, timeBeforeExpiry ?? '')
  if (type === 'Rotate') demandTimeToRotate(property, days, expiryDays)
  else demandNotifyFits(property, action, days, expiryDays)
}

/** Without the pause a new version would be due again as soon as it is made. */
function demandTimeToRotate(property: string, days: number, expiryDays: number | undefined): void {
  if (expiryDays === undefined) {
    throw invalidInput(property, 'give attributes.expiryTime too, or use timeAfterCreate')
  }
  if (expiryDays - days < LEAST_ACTION_DAYS) {
    const least = `at least ${LEAST_ACTION_DAYS} days`
    throw invalidInput(property, `it must be ${least} shorter than attributes.expiryTime`)
  }
}

/** The standard Notify is never refused: clients send back the policy that they were given. */
function demandNotifyFits(
  property: string,
  { timeBeforeExpiry }: LifetimeAction,
  days: number,
  expiryDays: number | undefined,
): void {
  const isStandard = timeBeforeExpiry === DEFAULT_NOTIFY.timeBeforeExpiry
  if (!isStandard && expiryDays !== undefined && days >= expiryDays) {
    throw invalidInput(property, 'it must be shorter than attributes.expiryTime')
  }
}

function atLeastAWeek(property: string, text: string): number {
  const days = daysOf(property, text)
  if (days >= LEAST_ACTION_DAYS) return days
  throw invalidInput(property, `it must be at least ${LEAST_ACTION_DAYS} days`)
}

function daysOf(property: string, text: string): number {
  const duration = parseDuration(text)
  if (duration === undefined) throw noDuration(property)
  const time = addDuration(REFERENCE, duration)
  const last = addDuration(REFERENCE, { months: MOST_YEARS * 12, seconds: 0 })
  // A date beyond what a calendar holds is no number; it is not less than the last one either.
  if (!(time <= last)) throw invalidInput(property, `it must be at most ${MOST_YEARS} years`)
  return (time - REFERENCE) / SECONDS_PER_DAY
}

function noDuration(property: string): Fault<'InvalidInput'> {
  return invalidInput(property, 'it must be an ISO 8601 duration, such as P90D, P3M or P2Y')
}

/**
 * A duration of a stored policy.
 * @throws TypeError when it is none, which `validRotationRules` has not let in.
 */
export function storedDuration(text: string): Duration {
  const duration = parseDuration(text)
  if (duration === undefined) throw new TypeError('a stored rotation policy has no duration there')
  return duration
}
