import { Fault, type DescribedVault, type VaultRecord } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { ActionContext, Actions } from '../action.ts'
import { time } from '../answer-key.ts'
import { answerPage } from '../answer-page.ts'
import { instanceVaultName } from '../instance-vault-name.ts'

const { formatInstanceId, invalidParameter, KmsRefusal } = alibaba.shared

type Answer = alibaba.shared.AnswerObject

/** There is no quota; this is the largest number that every client can hold. */
const UNLIMITED = 2_147_483_647

const CONNECTED = 'Connected'
const PROVIDER = 'Aliyun'

/** KMS instances, which are vaults. Nothing of them is bought, and none is in a VPC. */
export const INSTANCE_ACTIONS: Actions<
  | 'ListKmsInstances'
  | 'GetKmsInstance'
  | 'ConnectKmsInstance'
  | 'UpdateKmsInstanceBindVpc'
  | 'ReleaseKmsInstance'
  | 'GetDefaultKmsInstance'
  | 'GetKmsInstanceQuotaInfos'
> = {
  async ListKmsInstances(request) {
    const { vault, call, parameters } = request
    const wanted = (parameters.Filters ?? []).map(filterOf)
    const live = (await vault.vaults.list(call, {})).filter(({ deleted }) => deleted === undefined)
    const found = live.filter((one) => wanted.every((isWanted) => isWanted(one)))
    const { items, paging } = answerPage(found, parameters)
    return {
      KmsInstances: {
        KmsInstance: items.map(({ name }) => ({
          KmsInstanceId: formatInstanceId(name),
          KmsInstanceArn: instanceArn(request, name),
        })),
      },
      ...paging,
    }
  },

  async GetKmsInstance(request) {
    const record = await liveVault(request, instanceVaultName(request.parameters.KmsInstanceId))
    return { KmsInstance: instance(record, request.settings.caCertificateChain()) }
  },

  async ConnectKmsInstance(request) {
    const { KmsInstanceId, KMProvider } = request.parameters
    if (KMProvider !== PROVIDER) throw invalidParameter('KMProvider', `must be ${PROVIDER}`)
    await liveVault(request, instanceVaultName(KmsInstanceId))
    throw new KmsRefusal('Forbidden.DKMSInstanceStateInvalid', {
      recommend: 'The instance is connected since it was made; use it as it is.',
    })
  },

  async UpdateKmsInstanceBindVpc(request) {
    const { KmsInstanceId, BindVpcs } = request.parameters
    const bound = bindings(BindVpcs)
    await liveVault(request, instanceVaultName(KmsInstanceId))
    if (bound === 0) return {}
    throw new KmsRefusal('UnsupportedOperation', {
      recommend: 'There are no VPCs here; limit callers by their addresses, with network rules.',
    })
  },

  async ReleaseKmsInstance({ vault, call, parameters }) {
    await vault.vaults.delete(call, { vault: instanceVaultName(parameters.KmsInstanceId) })
    return {}
  },

  async GetDefaultKmsInstance(request) {
    const { name } = await liveVault(request, request.settings.homeVault)
    return { DefaultKmsInstanceId: formatInstanceId(name) }
  },

  async GetKmsInstanceQuotaInfos(request) {
    const { KmsInstanceId, ResourceType } = request.parameters
    const wanted = QUOTAS.filter(({ type }) => type === (ResourceType ?? type))
    if (wanted.length === 0) {
      const types = QUOTAS.map(({ type }) => type)
      throw invalidParameter('ResourceType', `must be one of ${types.join(', ')}`)
    }
    const { vault, call, settings } = request
    const name = KmsInstanceId === undefined ? settings.homeVault : instanceVaultName(KmsInstanceId)
    const found = await vault.vaults.describe(call, { vault: name })
    return {
      KmsInstanceId: formatInstanceId(found.vault.name),
      KmsInstanceQuotaInfos: wanted.map(({ type, quota, used }) => ({
        ResourceType: type,
        ResourceQuota: quota,
        UsedQuantity: used(found),
      })),
    }
  },
}

interface Quota {
  readonly type: string
  readonly quota: number
  readonly used: (found: DescribedVault) => number
}

const QUOTAS: readonly Quota[] = [
  { type: 'key', quota: UNLIMITED, used: ({ keys }) => keys },
  { type: 'secret', quota: UNLIMITED, used: ({ secrets }) => secrets },
  { type: 'qps', quota: UNLIMITED, used: () => 0 },
  { type: 'vpc', quota: 0, used: () => 0 },
]

function instance({ name, createdAt }: VaultRecord, caCertificateChain: string): Answer {
  const id = formatInstanceId(name)
  return {
    InstanceId: id,
    InstanceName: id,
    Status: CONNECTED,
    CreateTime: time(createdAt),
    StartDate: time(createdAt),
    // It ends when somebody releases it.
    EndDate: '',
    Spec: UNLIMITED,
    KeyNum: UNLIMITED,
    SecretNum: String(UNLIMITED),
    VpcNum: 0,
    VpcId: '',
    ZoneIds: [],
    VswitchIds: [],
    BindVpcs: { BindVpc: [] },
    CaCertificateChainPem: caCertificateChain,
    ChargeType: 'POSTPAY',
    ProductType: 'kms',
    ProductVersion: '3',
    SaleStatus: 'Normal',
    Log: 0,
    LogStorage: 0,
    DeletionProtection: false,
    DeletionProtectionDescription: '',
  }
}

/** @throws Fault VaultNotFound for a deleted one too, as every other action says of it. */
export async function liveVault(
  { vault, call }: ActionContext,
  name: string,
): Promise<VaultRecord> {
  const record = await vault.vaults.get(call, { vault: name })
  if (record.deleted === undefined) return record
  throw new Fault('VaultNotFound', { name })
}

function instanceArn({ region, account }: ActionContext, vault: string): string {
  const name = formatInstanceId(vault)
  return alibaba.shared.formatResourceName({ region, account, kind: 'keystore', name })
}

function filterOf({ key, values }: alibaba.shared.Filter): (vault: VaultRecord) => boolean {
  if (key === 'KmsInstanceId') return ({ name }) => values.includes(formatInstanceId(name))
  if (key === 'Status') return () => values.includes(CONNECTED)
  throw invalidParameter('Filters', 'has the keys KmsInstanceId and Status')
}

/** How many VPCs are to be bound. @throws KmsRefusal InvalidParameter */
function bindings(value: unknown): number {
  const isObject = (one: unknown): boolean => typeof one === 'object' && one !== null
  if (Array.isArray(value) && value.every(isObject)) return value.length
  throw invalidParameter('BindVpcs', 'must be a JSON array of objects')
}
