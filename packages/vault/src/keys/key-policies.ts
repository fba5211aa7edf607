import { objectPolicyKey, type ObjectPolicyRecord } from '../access/object-policy-record.ts'
import { putObjectPolicy, type ObjectPolicyInput } from '../access/put-object-policy.ts'
import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import type { KeyRef } from './key.ts'
import { readDescribedKey } from './read-described-key.ts'
import { keyTarget, readKeyHead } from './read-key.ts'

/** The policy of a key as it was written; `undefined` when it has none. */
export interface KeyPolicy {
  readonly document: string | undefined
}

/** Shows the policy of a key, also while it waits for its destruction. */
export const getKeyPolicy = operation<{ readonly key: KeyRef }, KeyPolicy>({
  name: 'KeyPolicyGet',
  permission: 'keys/getPolicy',
  writes: false,
  target: keyTarget,

  async run({ unit, vault }, { key }) {
    const container = vault()
    await readDescribedKey(unit, container, key)
    const at = objectPolicyKey(container, `keys/${key.name}`)
    const found = at && (await unit.get<ObjectPolicyRecord>(at))
    return { document: found?.meta.document }
  },
})

/** Gives a key a policy: who may do what with it beside what the vault's own model says. */
export const setKeyPolicy = operation<
  { readonly key: KeyRef; readonly policy: ObjectPolicyInput },
  KeyPolicy
>({
  name: 'KeyPolicySet',
  permission: 'keys/setPolicy',
  writes: true,
  target: keyTarget,

  async run({ unit, vault }, { key, policy }) {
    const container = vault()
    const { current } = await readKeyHead(unit, container, key)
    if (current.managed === true) {
      throw new Fault('ObjectManaged', { kind: 'key', operation: 'setpolicy' })
    }
    await putObjectPolicy(unit, container, `keys/${key.name}`, policy)
    return { document: policy.document }
  },
})
