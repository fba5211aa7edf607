import type { AccessPoint } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { ActionContext, Actions } from '../action.ts'
import { accessArn } from '../answer-access.ts'
import { answerPage } from '../answer-page.ts'
import { inParameter } from '../in-parameter.ts'

const METHOD = 'ClientKey'

const inParameters = inParameter({
  name: 'Name',
  policies: 'Policies',
  description: 'Description',
})

/** Application access points: as which programs act that have a client key. */
export const ACCESS_POINT_ACTIONS: Actions<
  | 'CreateApplicationAccessPoint'
  | 'UpdateApplicationAccessPoint'
  | 'DescribeApplicationAccessPoint'
  | 'DeleteApplicationAccessPoint'
  | 'ListApplicationAccessPoints'
> = {
  async CreateApplicationAccessPoint(request) {
    const { vault, call, parameters } = request
    const { Name: name, Policies: policies, AuthenticationMethod, Description } = parameters
    if (AuthenticationMethod !== METHOD) {
      throw alibaba.shared.invalidParameter('AuthenticationMethod', `must be ${METHOD}`)
    }
    const described = Description === undefined ? {} : { description: Description }
    const point = await vault.accessPoints
      .create(call, { name, policies, ...described })
      .catch(inParameters)
    return { ...answer(request, point), Name: point.name }
  },

  async UpdateApplicationAccessPoint({ vault, call, parameters }) {
    const { Name: name, Policies: policies, Description: description } = parameters
    const changes = {
      ...(policies === undefined ? {} : { policies }),
      ...(description === undefined ? {} : { description }),
    }
    await vault.accessPoints.update(call, { name, ...changes }).catch(inParameters)
    return {}
  },

  async DescribeApplicationAccessPoint(request) {
    const { vault, call, parameters } = request
    const point = await vault.accessPoints.get(call, { name: parameters.Name }).catch(inParameters)
    return { ...answer(request, point), Name: point.name }
  },

  async DeleteApplicationAccessPoint({ vault, call, parameters }) {
    await vault.accessPoints.delete(call, { name: parameters.Name }).catch(inParameters)
    return {}
  },

  async ListApplicationAccessPoints({ vault, call, parameters }) {
    const { items, paging } = answerPage(await vault.accessPoints.list(call, {}), parameters)
    const points = items.map(({ name }) => ({ Name: name, AuthenticationMethod: METHOD }))
    return { ApplicationAccessPoints: { ApplicationAccessPoint: points }, ...paging }
  },
}

function answer(
  context: ActionContext,
  { name, policies, description }: AccessPoint,
): alibaba.shared.AnswerObject {
  return {
    Arn: accessArn(context, 'applicationaccesspoint', name),
    AuthenticationMethod: METHOD,
    Policies: JSON.stringify(policies),
    Description: description ?? '',
  }
}
