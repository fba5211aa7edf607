import type { AccessPointPermission, AccessPointPolicy } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { ActionContext, Actions } from '../action.ts'
import { accessArn } from '../answer-access.ts'
import { answerPage } from '../answer-page.ts'
import { inParameter } from '../in-parameter.ts'
import { instanceVaultName } from '../instance-vault-name.ts'
import { vaultResources, wireResources } from '../policy-resources.ts'

const { formatInstanceId, invalidParameter } = alibaba.shared

const TEMPLATES = {
  keyUser: 'RbacPermission/Template/CryptoServiceKeyUser',
  secretUser: 'RbacPermission/Template/CryptoServiceSecretUser',
} as const satisfies Record<AccessPointPermission, string>

const inParameters = inParameter({
  name: 'Name',
  permissions: 'Permissions',
  resources: 'Resources',
  networkRules: 'AccessControlRules',
  description: 'Description',
})

/** Policies of access points: what may be used, in which instance and from where. */
export const POLICY_ACTIONS: Actions<
  'CreatePolicy' | 'UpdatePolicy' | 'DescribePolicy' | 'DeletePolicy' | 'ListPolicies'
> = {
  async CreatePolicy(request) {
    const { vault, call, settings, parameters } = request
    const { Name: name, Permissions, Resources, KmsInstance, Description } = parameters
    const input = {
      name,
      permissions: permissionsOf(Permissions),
      resources: vaultResources(Resources),
      networkRules: networkRulesOf(parameters.AccessControlRules) ?? [],
      vault: KmsInstance === undefined ? settings.homeVault : instanceVaultName(KmsInstance),
      ...(Description === undefined ? {} : { description: Description }),
    }
    const policy = await vault.accessPointPolicies.create(call, input).catch(inParameters)
    return {
      ...answer(request, policy),
      Permissions: JSON.stringify(Permissions),
      Resources: JSON.stringify(wireResources(policy.resources)),
    }
  },

  async UpdatePolicy({ vault, call, parameters }) {
    const { Name: name, Permissions, Resources, AccessControlRules, Description } = parameters
    const networkRules = networkRulesOf(AccessControlRules)
    const changes = {
      ...(Permissions === undefined ? {} : { permissions: permissionsOf(Permissions) }),
      ...(Resources === undefined ? {} : { resources: vaultResources(Resources) }),
      ...(networkRules === undefined ? {} : { networkRules }),
      ...(Description === undefined ? {} : { description: Description }),
    }
    await vault.accessPointPolicies.update(call, { name, ...changes }).catch(inParameters)
    return {}
  },

  async DescribePolicy(request) {
    const { vault, call, parameters } = request
    const policy = await vault.accessPointPolicies
      .get(call, { name: parameters.Name })
      .catch(inParameters)
    return {
      ...answer(request, policy),
      Permissions: policy.permissions.map((one) => TEMPLATES[one]),
      Resources: wireResources(policy.resources),
    }
  },

  async DeletePolicy({ vault, call, parameters }) {
    await vault.accessPointPolicies.delete(call, { name: parameters.Name }).catch(inParameters)
    return {}
  },

  async ListPolicies({ vault, call, parameters }) {
    const { items, paging } = answerPage(await vault.accessPointPolicies.list(call, {}), parameters)
    return { Policies: { Policy: items.map(({ name }) => ({ Name: name })) }, ...paging }
  },
}

function answer(
  context: ActionContext,
  { name, vault, networkRules, description }: AccessPointPolicy,
): alibaba.shared.AnswerObject {
  return {
    Arn: accessArn(context, 'policy', name),
    Name: name,
    KmsInstance: formatInstanceId(vault),
    AccessControlRules: JSON.stringify({ NetworkRules: networkRules }),
    Description: description ?? '',
  }
}

function permissionsOf(templates: readonly string[]): readonly AccessPointPermission[] {
  return templates.map((template) => {
    if (template === TEMPLATES.keyUser) return 'keyUser'
    if (template === TEMPLATES.secretUser) return 'secretUser'
    const known = Object.values(TEMPLATES).join(', ')
    throw invalidParameter('Permissions', `has one or more of ${known}`)
  })
}

/** From `{"NetworkRules":["…"]}`, where there is one. */
function networkRulesOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  const rules: unknown = isObject && 'NetworkRules' in value ? value.NetworkRules : []
  const isList = Array.isArray(rules) && rules.every((one) => typeof one === 'string')
  if (isObject && isList) return rules
  throw invalidParameter('AccessControlRules', 'must have the form {"NetworkRules":["name"]}')
}
