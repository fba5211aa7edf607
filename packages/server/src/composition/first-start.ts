import { Fault, isFault, systemCall, type Bootstrapped, type Vault } from '@claviger/vault'
import type { Config } from '../config.ts'

/**
 * Makes the first tenant, vault and principals, when there are none; says what it has made.
 * @throws Fault RecordCorrupt when the tenant was taken away from under its vault.
 */
export async function firstStart(
  vault: Vault,
  config: Pick<Config, 'tenantId' | 'region' | 'softDeleteDays'>,
): Promise<Bootstrapped | undefined> {
  if ((await (await vault.view()).defaultTenant()) !== undefined) return undefined
  try {
    return await vault.server.initialise(systemCall('first start'), {
      ...(config.tenantId === undefined ? {} : { tenant: config.tenantId }),
      location: config.region,
      retentionDays: config.softDeleteDays,
    })
  } catch (thrown) {
    if (!isFault(thrown, 'VaultExists')) throw thrown
    const reason = 'it is missing, though its vault is there'
    throw new Fault('RecordCorrupt', { record: 'the first tenant', reason }, { cause: thrown })
  }
}
