import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFault } from '../fault.ts'
import { validRotationRules, type LifetimeAction, type RotationRules } from './rotation-policy.ts'

const rotate = (trigger: Omit<LifetimeAction, 'type'>): LifetimeAction => ({ type: 'Rotate', ...trigger })
const notify = (trigger: Omit<LifetimeAction, 'type'>): LifetimeAction => ({ type: 'Notify', ...trigger })

function refusal(rules: RotationRules): { readonly property: string; readonly reason: string } {
  try {
    validRotationRules(rules)
  } catch (thrown) {
    if (isFault(thrown, 'InvalidInput')) return thrown.detail
    throw thrown
  }
  throw new Error(`the policy was taken: ${JSON.stringify(rules)}`)
}

describe('a rotation policy', () => {
  it('keeps what it is given and adds the standard Notify where there is none', () => {
    const given = [rotate({ timeAfterCreate: 'P90D' })]
    assert.deepEqual(validRotationRules({ lifetimeActions: given, expiryTime: 'P2Y' }), {
      lifetimeActions: [...given, { type: 'Notify', timeBeforeExpiry: 'P30D' }],
      expiryTime: 'P2Y',
    })
    const own = [notify({ timeBeforeExpiry: 'P10D' })]
    assert.deepEqual(validRotationRules({ lifetimeActions: own }), { lifetimeActions: own })
  })

  it('is taken again as it was given back, even when the standard Notify is longer than the life', () => {
    const policy = validRotationRules({ lifetimeActions: [], expiryTime: 'P28D' })
    assert.deepEqual(validRotationRules(policy), policy)
  })

  it('is taken at its limits', () => {
    const limits: readonly RotationRules[] = [
      { lifetimeActions: [], expiryTime: 'P28D' },
      { lifetimeActions: [], expiryTime: 'P1M' },
      { lifetimeActions: [], expiryTime: 'P100Y' },
      { lifetimeActions: [rotate({ timeAfterCreate: 'P7D' })] },
      { lifetimeActions: [rotate({ timeAfterCreate: 'PT168H' })] },
      { lifetimeActions: [rotate({ timeBeforeExpiry: 'P7D' })], expiryTime: 'P28D' },
      { lifetimeActions: [rotate({ timeBeforeExpiry: 'P21D' })], expiryTime: 'P28D' },
      { lifetimeActions: [rotate({ timeAfterCreate: 'P18M' }), notify({ timeBeforeExpiry: 'P30D' })], expiryTime: 'P2Y' },
    ]
    for (const rules of limits) validRotationRules(rules)
  })

  it('is refused when it breaks a rule, with the place and what to change', () => {
    const wrong: readonly (readonly [RotationRules, string, RegExp])[] = [
      [{ lifetimeActions: [], expiryTime: 'P27D' }, 'attributes.expiryTime', /at least 28 days/],
      [{ lifetimeActions: [], expiryTime: 'soon' }, 'attributes.expiryTime', /ISO 8601/],
      [{ lifetimeActions: [], expiryTime: 'P101Y' }, 'attributes.expiryTime', /at most 100 years/],
      [{ lifetimeActions: [], expiryTime: 'P999999Y' }, 'attributes.expiryTime', /at most 100 years/],
      [{ lifetimeActions: [rotate({})] }, 'lifetimeActions[0].trigger', /either/],
      [
        { lifetimeActions: [rotate({ timeAfterCreate: 'P30D', timeBeforeExpiry: 'P30D' })], expiryTime: 'P90D' },
        'lifetimeActions[0].trigger',
        /either/,
      ],
      [{ lifetimeActions: [rotate({ timeAfterCreate: 'P6D' })] }, 'lifetimeActions[0].trigger.timeAfterCreate', /at least 7 days/],
      [{ lifetimeActions: [rotate({ timeAfterCreate: 'P0D' })] }, 'lifetimeActions[0].trigger.timeAfterCreate', /at least 7 days/],
      [
        { lifetimeActions: [rotate({ timeAfterCreate: 'P90D' })], expiryTime: 'P90D' },
        'lifetimeActions[0].trigger.timeAfterCreate',
        /shorter than/,
      ],
      [{ lifetimeActions: [rotate({ timeBeforeExpiry: 'P30D' })] }, 'lifetimeActions[0].trigger.timeBeforeExpiry', /give attributes.expiryTime/],
      [
        { lifetimeActions: [rotate({ timeBeforeExpiry: 'P1Y' })], expiryTime: 'P1Y' },
        'lifetimeActions[0].trigger.timeBeforeExpiry',
        /at least 7 days shorter/,
      ],
      [
        { lifetimeActions: [rotate({ timeBeforeExpiry: 'P22D' })], expiryTime: 'P28D' },
        'lifetimeActions[0].trigger.timeBeforeExpiry',
        /at least 7 days shorter/,
      ],
      [{ lifetimeActions: [notify({ timeBeforeExpiry: 'P6D' })] }, 'lifetimeActions[0].trigger.timeBeforeExpiry', /at least 7 days/],
      [{ lifetimeActions: [notify({ timeAfterCreate: 'P30D' })] }, 'lifetimeActions[0].trigger.timeAfterCreate', /Notify takes/],
      [
        { lifetimeActions: [notify({ timeBeforeExpiry: 'P60D' })], expiryTime: 'P40D' },
        'lifetimeActions[0].trigger.timeBeforeExpiry',
        /shorter than/,
      ],
      [
        { lifetimeActions: [rotate({ timeAfterCreate: 'P30D' }), rotate({ timeAfterCreate: 'P60D' })] },
        'lifetimeActions',
        /one action of type Rotate/,
      ],
      [
        { lifetimeActions: [notify({ timeBeforeExpiry: 'P30D' }), notify({ timeBeforeExpiry: 'P10D' })] },
        'lifetimeActions',
        /one action of type Notify/,
      ],
    ]
    for (const [rules, property, reason] of wrong) {
      const found = refusal(rules)
      assert.equal(found.property, property, JSON.stringify(rules))
      assert.match(found.reason, reason)
    }
  })
})
