import { PROVIDER_OPERATIONS, type ProviderOperations } from '@claviger/vault'
import { shorten } from '../../rest/shorten.ts'
import { ArmRefusal } from './arm-refusal.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'

const PROVIDERS = '/providers/Microsoft.Authorization/providerOperations'

interface Named {
  readonly name: string
  readonly isDataAction: boolean
}

function providerBody(provider: ProviderOperations): object {
  const { namespace, displayName, actions, dataActions } = provider
  const types = new Map<string, Named[]>()
  const own: Named[] = []
  const add = (action: string, isDataAction: boolean): void => {
    const named = { name: `${namespace}/${action}`, isDataAction }
    const type = typeOf(action)
    const there = type === '' ? own : (types.get(type) ?? [])
    there.push(named)
    if (type !== '') types.set(type, there)
  }
  for (const action of actions) add(action, false)
  for (const action of dataActions) add(action, true)
  return {
    id: `${PROVIDERS}/${namespace}`,
    name: namespace,
    type: 'Microsoft.Authorization/providerOperations',
    displayName,
    resourceTypes: [...types].map(([name, operations]) => ({
      name,
      displayName: name,
      operations: operations.map(operationBody),
    })),
    operations: own.map(operationBody),
  }
}

/** `vaults/secrets` of `vaults/secrets/getSecret/action`; empty for those of a provider itself. */
function typeOf(action: string): string {
  return action.replace(/(?:\/?[^/]+)?\/action$/i, '').replace(/\/(?:read|write|delete)$/i, '')
}

function operationBody({ name, isDataAction }: Named): object {
  return { name, displayName: name, description: '', origin: null, properties: null, isDataAction }
}

async function list(): Promise<ArmReply> {
  return { status: 200, body: { value: PROVIDER_OPERATIONS.map(providerBody) } }
}

async function get({ params }: ArmRequest): Promise<ArmReply> {
  const asked = params['provider'] ?? ''
  const found = PROVIDER_OPERATIONS.find(
    ({ namespace }) => namespace.toLowerCase() === asked.toLowerCase(),
  )
  if (found !== undefined) return { status: 200, body: providerBody(found) }
  throw new ArmRefusal(
    404,
    'ProviderNotFound',
    `Provider '${shorten(asked, 64)}' not found. Correct its namespace.`,
  )
}

/** The actions that roles can name, which are the same for everybody. */
export const PROVIDER_OPERATION_ROUTES: readonly ArmRoute[] = [
  { method: 'GET', path: PROVIDERS, onScope: true, operations: [], answer: list },
  { method: 'GET', path: `${PROVIDERS}/:provider`, onScope: true, operations: [], answer: get },
]
