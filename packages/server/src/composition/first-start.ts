import { systemCall, type Bootstrapped, type Vault } from '@claviger/vault'
import type { Config } from '../config.ts'

/** Makes the first tenant, vault and principals, when there are none; says what it has made. */
export async function firstStart(
  vault: Vault,
  config: Pick<Config, 'tenantId' | 'region' | 'softDeleteDays'>,
): Promise<Bootstrapped | undefined> {
  if ((await (await vault.view()).defaultTenant()) !== undefined) return undefined
  return vault.server.initialise(systemCall('first start'), {
    ...(config.tenantId === undefined ? {} : { tenant: config.tenantId }),
    location: config.region,
    retentionDays: config.softDeleteDays,
  })
}
