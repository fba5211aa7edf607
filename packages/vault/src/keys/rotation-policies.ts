import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { keyKey, type KeyHead, type KeyRef } from './key.ts'
import { changeKeyDues } from './key-due.ts'
import { auditedKey, keyTarget, readKeyHead } from './read-key.ts'
import {
  DEFAULT_ROTATION_POLICY,
  validRotationRules,
  type RotationPolicy,
  type RotationRules,
} from './rotation-policy.ts'

/** A policy, and the name of its key as it was first written. */
export interface KeyRotationPolicy {
  readonly name: string
  readonly policy: RotationPolicy
}

/** Shows how the life of a key is ruled; the standard policy when none was set. */
export const getRotationPolicy = operation<{ readonly key: KeyRef }, KeyRotationPolicy>({
  name: 'KeyRotationPolicyGet',
  permission: 'keys/getRotationPolicy',
  writes: false,
  target: keyTarget,
  auditId: ({ key }) => auditedKey(key, undefined),

  async run({ unit, vault }, { key }) {
    const { current, rotationPolicy } = await readKeyHead(unit, vault(), key)
    return { name: current.name, policy: rotationPolicy ?? DEFAULT_ROTATION_POLICY }
  },
})

export interface SetRotationPolicyInput extends RotationRules {
  readonly key: KeyRef
}

/** Rules the life of a key from now on; the scheduler acts on it. */
export const setRotationPolicy = operation<SetRotationPolicyInput, KeyRotationPolicy>({
  name: 'KeyRotationPolicySet',
  permission: 'keys/setRotationPolicy',
  writes: true,
  target: keyTarget,
  auditId: ({ key }) => auditedKey(key, undefined),

  async run({ unit, vault, now }, { key, ...rules }) {
    const container = vault()
    const head = await readKeyHead(unit, container, key)
    if (head.current.managed === true) {
      throw new Fault('ObjectManaged', { kind: 'key', operation: 'setrotationpolicy' })
    }
    const created = head.rotationPolicy?.created ?? now
    const policy: RotationPolicy = { ...validRotationRules(rules), created, updated: now }
    const after: KeyHead = { ...head, rotationPolicy: policy }
    await changeKeyDues(unit, container, head, after)
    unit.put<KeyHead>(keyKey(container, key.name), { meta: after })
    return { name: head.current.name, policy }
  },
})
