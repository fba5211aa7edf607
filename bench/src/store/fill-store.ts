import { openVault, Secret, SoftwareProvider, systemCall, type Vault } from '@claviger/vault'
import { firstStart } from '@claviger/server/src/composition/first-start.ts'
import { openEmbedded } from '@claviger/server/src/composition/open-embedded.ts'
import { SystemClock } from '@claviger/server/src/composition/system-clock.ts'
import { progress } from '../progress.ts'
import type { Row } from '../rows/row.ts'
import { secretName } from '../rows/secret-names.ts'
import { CONTENT_TYPE, SECRET_VALUE } from '../rows/secret-value.ts'
import type { Signers } from '../rows/signers.ts'
import { makeSigners } from './make-signers.ts'
import { storeConfig } from './store-config.ts'

/** As many as the writer commits in one group. */
const AT_ONCE = 256
const PROGRESS_EVERY = 100_000

/**
 * Makes a data folder whose vault `default` holds `count` secrets, and what the rows need besides.
 * In process, without a server, but through the same operations: each secret is decided, sealed,
 * audited and committed as it is over HTTPS.
 * @returns who may sign requests to it.
 */
export async function fillStore(
  dataDir: string,
  count: number,
  rows: readonly Row[],
): Promise<Signers> {
  const config = storeConfig(dataDir)
  const opened = await openEmbedded(config)
  try {
    const vault = openVault({
      store: opened.store,
      seal: opened.unsealed.keyring,
      clock: new SystemClock(),
      provider: await SoftwareProvider.open(),
    })
    await firstStart(vault, config)
    for (const row of rows) await row.prepare?.(vault, systemCall('bench'))
    await setSecrets(vault, count)
    return await makeSigners(vault)
  } finally {
    await opened.close()
  }
}

async function setSecrets(vault: Vault, count: number): Promise<void> {
  for (let first = 0; first < count; first += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - first)
    await Promise.all(Array.from({ length: size }, (_, index) => setOne(vault, first + index)))
    const done = first + size
    if (Math.floor(done / PROGRESS_EVERY) > Math.floor(first / PROGRESS_EVERY)) {
      progress(`${done} of ${count} secrets are in the store`)
    }
  }
}

async function setOne(vault: Vault, index: number): Promise<void> {
  await vault.secrets.set(systemCall('bench'), {
    secret: { vault: 'default', name: secretName(index) },
    value: Secret.fromText(SECRET_VALUE),
    contentType: CONTENT_TYPE,
  })
}
