import { isFault } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { Actions } from '../action.ts'
import { keyArn } from '../answer-key.ts'
import { defaultPolicy, policyOf } from '../policy-document.ts'
import { demandPolicyName } from '../policy-name.ts'
import { keyRef, resolveKey } from '../resolve-key.ts'

/** Who may do what with a key, beside what roles and access policies say. */
export const KEY_POLICY_ACTIONS: Actions<'SetKeyPolicy' | 'GetKeyPolicy'> = {
  async SetKeyPolicy(request) {
    const { KeyId, Policy, PolicyName } = request.parameters
    const place = await resolveKey(request, KeyId, 'idOrArn')
    demandPolicyName(PolicyName)
    const owner = { object: 'key', arn: keyArn(request, place.keyId) } as const
    const policy = policyOf(request, owner, Policy)
    await request.vault.keys
      .setPolicy(request.call, { key: keyRef(place), policy })
      .catch((thrown: unknown) => {
        if (!isFault(thrown, 'ObjectManaged')) throw thrown
        throw new alibaba.shared.KmsRefusal('Forbidden.KeyPolicyUnSupported')
      })
    return {}
  },

  async GetKeyPolicy(request) {
    const { KeyId, PolicyName } = request.parameters
    const key = keyRef(await resolveKey(request, KeyId, 'idOrArn'))
    const { document } = await request.vault.keys.getPolicy(request.call, { key })
    demandPolicyName(PolicyName)
    return { Policy: document ?? defaultPolicy(request, 'key') }
  },
}
