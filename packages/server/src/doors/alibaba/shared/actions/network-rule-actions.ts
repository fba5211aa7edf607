import type { NetworkRule } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { ActionContext, Actions } from '../action.ts'
import { accessArn } from '../answer-access.ts'
import { answerPage } from '../answer-page.ts'
import { inParameter } from '../in-parameter.ts'

const PRIVATE = 'Private'

const inParameters = inParameter({
  name: 'Name',
  networks: 'SourcePrivateIp',
  description: 'Description',
})

/** Network rules: addresses from which access points may be used. */
export const NETWORK_RULE_ACTIONS: Actions<
  | 'CreateNetworkRule'
  | 'UpdateNetworkRule'
  | 'DescribeNetworkRule'
  | 'DeleteNetworkRule'
  | 'ListNetworkRules'
> = {
  async CreateNetworkRule(request) {
    const { vault, call, parameters } = request
    const { Name: name, Type, SourcePrivateIp: networks = [], Description } = parameters
    if (Type !== PRIVATE) throw alibaba.shared.invalidParameter('Type', `must be ${PRIVATE}`)
    const described = Description === undefined ? {} : { description: Description }
    const rule = await vault.networkRules
      .create(call, { name, networks, ...described })
      .catch(inParameters)
    return { ...answer(request, rule), Name: rule.name }
  },

  async UpdateNetworkRule({ vault, call, parameters }) {
    const { Name: name, SourcePrivateIp: networks, Description: description } = parameters
    const changes = {
      ...(networks === undefined ? {} : { networks }),
      ...(description === undefined ? {} : { description }),
    }
    await vault.networkRules.update(call, { name, ...changes }).catch(inParameters)
    return {}
  },

  async DescribeNetworkRule(request) {
    const { vault, call, parameters } = request
    const rule = await vault.networkRules.get(call, { name: parameters.Name }).catch(inParameters)
    return answer(request, rule)
  },

  async DeleteNetworkRule({ vault, call, parameters }) {
    await vault.networkRules.delete(call, { name: parameters.Name }).catch(inParameters)
    return {}
  },

  async ListNetworkRules({ vault, call, parameters }) {
    const { items, paging } = answerPage(await vault.networkRules.list(call, {}), parameters)
    const rules = items.map(({ name }) => ({ Name: name, Type: PRIVATE }))
    return { NetworkRules: { NetworkRule: rules }, ...paging }
  },
}

function answer(
  context: ActionContext,
  { name, networks, description }: NetworkRule,
): alibaba.shared.AnswerObject {
  return {
    Arn: accessArn(context, 'network', name),
    Type: PRIVATE,
    SourcePrivateIp: JSON.stringify(networks),
    Description: description ?? '',
  }
}
