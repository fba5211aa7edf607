import { PROVIDER_OPERATIONS } from '@claviger/vault'
import { ArmRefusal } from './arm-refusal.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'
import { VAULT_TYPE } from './vault-body.ts'
import { invalidNameText } from './vault-of-path.ts'

const NAMESPACE = 'Microsoft.KeyVault'
const PROVIDER = '/subscriptions/:subscription/providers/Microsoft.KeyVault'

async function checkName(request: ArmRequest): Promise<ArmReply> {
  const { vault, call } = request
  const members = request.body()
  const name = members.requiredString('name')
  const type = members.string('type') ?? VAULT_TYPE
  if (type.toLowerCase() !== VAULT_TYPE.toLowerCase()) {
    throw members.malformed('type', `it must be ${VAULT_TYPE}`)
  }
  const { state } = await vault.vaults.checkName(call, { name })
  if (state === 'available') return { status: 200, body: { nameAvailable: true } }
  const [reason, message] =
    state === 'invalid'
      ? ['AccountNameInvalid', invalidNameText(name)]
      : ['AlreadyExists', `The vault name '${name}' is already in use, perhaps by a deleted vault.`]
  return { status: 200, body: { nameAvailable: false, reason, message } }
}

const NO_POOLS = 'This server has no managed HSM pools. Make a vault instead.'
const nothing = async (): Promise<ArmReply> => ({ status: 200, body: { value: [] } })

/** @throws ArmRefusal */
async function noPool(): Promise<never> {
  throw new ArmRefusal(404, 'ResourceNotFound', NO_POOLS)
}

/** What roles can name of the namespace. */
async function listOperations(): Promise<ArmReply> {
  const value = PROVIDER_OPERATIONS.filter(({ namespace }) => namespace === NAMESPACE).flatMap(
    ({ displayName, actions, dataActions }) => [
      ...actions.map((action) => operationBody(displayName, action, false)),
      ...dataActions.map((action) => operationBody(displayName, action, true)),
    ],
  )
  return { status: 200, body: { value } }
}

function operationBody(provider: string, action: string, isDataAction: boolean): object {
  const name = `${NAMESPACE}/${action}`
  const [, resource = '', operation = ''] = /^(.*?)\/?([^/]+(?:\/action)?)$/.exec(action) ?? []
  return { name, isDataAction, display: { provider, resource, operation, description: name } }
}

const GROUP = '/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.KeyVault'

/** The same for everybody, because there is nothing behind it. */
function empty(path: string): ArmRoute {
  return { method: 'GET', path, operations: [], answer: nothing }
}

/** Names that are free, and the kinds of resource of the namespace that this server has none of. */
export const VAULT_NAME_ROUTES: readonly ArmRoute[] = [
  {
    method: 'POST',
    path: `${PROVIDER}/checkNameAvailability`,
    operations: ['vaults/checkName'],
    answer: checkName,
  },
  {
    method: 'POST',
    path: `${PROVIDER}/checkMhsmNameAvailability`,
    operations: [],
    answer: async (request) => {
      request.body().requiredString('name')
      const answer = { nameAvailable: false, reason: 'AccountNameInvalid', message: NO_POOLS }
      return { status: 200, body: answer }
    },
  },
  {
    method: 'GET',
    path: `/providers/${NAMESPACE}/operations`,
    operations: [],
    answer: listOperations,
  },
  empty(`${PROVIDER}/managedHSMs`),
  empty(`${PROVIDER}/deletedManagedHSMs`),
  empty(`${GROUP}/managedHSMs`),
  { method: 'GET', path: `${GROUP}/managedHSMs/:pool`, operations: [], answer: noPool },
  {
    method: 'GET',
    path: `${PROVIDER}/locations/:location/deletedManagedHSMs/:pool`,
    operations: [],
    answer: noPool,
  },
  {
    method: 'PUT',
    path: `${GROUP}/managedHSMs/:pool`,
    operations: [],
    answer: async () => {
      throw new ArmRefusal(400, 'SkuNotSupported', NO_POOLS)
    },
  },
]
