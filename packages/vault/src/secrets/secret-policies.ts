import { objectPolicyKey, type ObjectPolicyRecord } from '../access/object-policy-record.ts'
import { putObjectPolicy, type ObjectPolicyInput } from '../access/put-object-policy.ts'
import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { readSecretHead } from './read-secret.ts'
import type { SecretRef } from './secret.ts'

/** The policy of a secret as it was written; `undefined` when it has none. */
export interface SecretPolicy {
  readonly document: string | undefined
}

/** Shows the policy of a secret. */
export const getSecretPolicy = operation<{ readonly secret: SecretRef }, SecretPolicy>({
  name: 'SecretPolicyGet',
  permission: 'secrets/getPolicy',
  writes: false,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault }, { secret }) {
    const container = vault()
    await readSecretHead(unit, container, secret)
    const at = objectPolicyKey(container, `secrets/${secret.name}`)
    const found = at && (await unit.get<ObjectPolicyRecord>(at))
    return { document: found?.meta.document }
  },
})

/** Gives a secret a policy: who may do what with it beside what the vault's own model says. */
export const setSecretPolicy = operation<
  { readonly secret: SecretRef; readonly policy: ObjectPolicyInput },
  SecretPolicy
>({
  name: 'SecretPolicySet',
  permission: 'secrets/setPolicy',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault }, { secret, policy }) {
    const container = vault()
    const { current } = await readSecretHead(unit, container, secret)
    if (current.managed !== undefined) {
      throw new Fault('ObjectManaged', { kind: 'secret', operation: 'setpolicy' })
    }
    await putObjectPolicy(unit, container, `secrets/${secret.name}`, policy)
    return { document: policy.document }
  },
})
