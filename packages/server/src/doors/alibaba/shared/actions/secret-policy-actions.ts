import { alibaba } from '@claviger/wire'
import type { Actions } from '../action.ts'
import { secretArn } from '../answer-secret.ts'
import { defaultPolicy, policyOf } from '../policy-document.ts'
import { demandPolicyName } from '../policy-name.ts'
import { resolveSecret } from '../resolve-secret.ts'

/** Who may do what with a secret, beside what roles and access policies say. */
export const SECRET_POLICY_ACTIONS: Actions<'SetSecretPolicy' | 'GetSecretPolicy'> = {
  async SetSecretPolicy(request) {
    const { SecretName, Policy, PolicyName } = request.parameters
    const secret = await resolveSecret(request, SecretName, 'nameOrArn')
    demandPolicyName(PolicyName)
    const name = alibaba.shared.parseResourceName(SecretName)?.name ?? SecretName
    const owner = { object: 'secret', arn: secretArn(request, name) } as const
    const policy = policyOf(request, owner, Policy)
    await request.vault.secrets.setPolicy(request.call, { secret, policy })
    return {}
  },

  async GetSecretPolicy(request) {
    const { SecretName, PolicyName } = request.parameters
    const secret = await resolveSecret(request, SecretName, 'nameOrArn')
    const { document } = await request.vault.secrets.getPolicy(request.call, { secret })
    demandPolicyName(PolicyName)
    return { Policy: document ?? defaultPolicy(request, 'secret') }
  },
}
