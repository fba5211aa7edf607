import { isFault } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { KEY_SPECS } from '../../key-specs.ts'
import type { ActionContext, Actions } from '../action.ts'
import { liveVault } from './instance-actions.ts'

const { KmsRefusal } = alibaba.shared

const PROTECTION_LEVELS = ['SOFTWARE', 'HSM'] as const

/**
 * What there is of the service for the caller. All of it is known without a look at anything; the
 * home vault is asked for all the same, so that the call is decided and audited like any other.
 */
export const SERVICE_ACTIONS: Actions<
  'DescribeRegions' | 'OpenKmsService' | 'DescribeAccountKmsStatus' | 'DescribeService'
> = {
  async DescribeRegions(request) {
    await demandEnabled(request)
    return { Regions: { Region: request.settings.regions.map((RegionId) => ({ RegionId })) } }
  },

  async OpenKmsService(request) {
    if (await isEnabled(request)) throw new KmsRefusal('Forbidden.Opened')
    throw new KmsRefusal('CreateLXOrderFailed', {
      recommend: `Make the vault ${request.settings.homeVault}; nothing is ordered here.`,
    })
  },

  async DescribeAccountKmsStatus(request) {
    return { AccountStatus: (await isEnabled(request)) ? 'Enabled' : 'NotEnabled' }
  },

  async DescribeService(request) {
    await demandEnabled(request)
    return {
      ProtectionLevels: { ProtectionLevel: PROTECTION_LEVELS.map((Type) => ({ Type })) },
      KeySpecs: {
        KeySpec: Object.entries(KEY_SPECS).map(([Name, { usages }]) => ({
          Name,
          SupportedProtectionLevels: { SupportedProtectionLevel: PROTECTION_LEVELS },
          Usages: { Usage: usages },
        })),
      },
    }
  },
}

/** @throws KmsRefusal Forbidden.KmsServiceNotEnabled */
async function demandEnabled(request: ActionContext): Promise<void> {
  if (!(await isEnabled(request))) throw new KmsRefusal('Forbidden.KmsServiceNotEnabled')
}

/** Whether the tenant has the vault in which things are made that no instance is named for. */
async function isEnabled(request: ActionContext): Promise<boolean> {
  try {
    await liveVault(request, request.settings.homeVault)
    return true
  } catch (thrown) {
    if (isFault(thrown, 'VaultNotFound')) return false
    throw thrown
  }
}
