// Changing what the store is sealed with, while no server runs: it takes the data folder's lock, so
// that no process can go on with the seal it knows.
import { randomUUID } from 'node:crypto'
import { entryText, isFault, openVault, SoftwareProvider, type Tenant } from '@claviger/vault'
import { openEmbedded, sealSourceOf } from '../composition/open-embedded.ts'
import type { Config } from '../config.ts'
import { readSealSource, type SealSource } from '../seal-source.ts'
import { isUnusedFolder } from '../stores/embedded/unused-database.ts'
import { AdminError } from './admin-error.ts'

/**
 * Seals the store with `wanted` from now on; a root key file that is not there is made, and is on
 * disk before the seal changes.
 * @throws AdminError when there is nothing to change; Fault UnsealFailed, StoreUnavailable as
 *   `openEmbedded` and `readSealSource`.
 */
export async function changeSeal(config: Config, wanted: SealSource): Promise<void> {
  const current = sealSourceOf(config)
  if (current.kind === wanted.kind && current.path === wanted.path) {
    throw new AdminError(`The store is sealed with ${wanted.path} already; give another file.`)
  }
  if (isUnusedFolder(config.dataDir)) {
    throw new AdminError(
      `There is no store in ${config.dataDir} yet; set CLAVIGER_DATA_DIR to its folder.`,
    )
  }
  const opened = await openEmbedded(config).catch((thrown: unknown) => {
    if (!isFault(thrown, 'StoreUnavailable')) throw thrown
    throw new AdminError(
      `The store cannot be used: ${thrown.detail.reason}. Stop the server first.`,
    )
  })
  try {
    const { store, unsealed } = opened
    const clock = { now: () => Date.now() }
    const provider = await SoftwareProvider.open()
    const view = await openVault({ store, seal: unsealed.keyring, clock, provider }).view()
    const material = await readSealSource(wanted, true)
    try {
      await unsealed.changeSeal(material, [auditEntry(await view.defaultTenant(), wanted)])
    } finally {
      material.secret.wipe()
    }
  } finally {
    await opened.close()
  }
}

/**
 * No door and no decision took part: whoever has the seal, the data folder and its lock may do it.
 */
function auditEntry(tenant: Tenant | undefined, wanted: SealSource): string {
  const now = Date.now()
  return entryText({
    operationName: 'SealChange',
    request: {
      apiVersion: '',
      clientAddress: 'local',
      clientInfo: 'claviger admin (server stopped)',
      correlationId: randomUUID(),
      requestUri: 'admin:/seal/change',
    },
    scope: '/',
    id: `seal/${wanted.kind}`,
    tenant: tenant?.id ?? '',
    who: tenant === undefined ? {} : { principal: tenant.administrator },
    status: 200,
    description: '',
    startedAt: now,
    now,
  })
}
