import { Fault, isFault } from '../fault.ts'
import { operation } from '../operation.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { purgeDueOf, readDeletedSecret } from './deleted-secret.ts'
import {
  deletedSecretKey,
  secretKey,
  type DeletedSecretHead,
  type SecretHead,
  type SecretRef,
  type SecretVersion,
} from './secret.ts'

/** Brings a deleted secret back with all its versions. */
export const recoverSecret = operation<{ readonly secret: SecretRef }, SecretVersion>({
  name: 'SecretRecover',
  permission: 'secrets/recover',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault }, { secret }) {
    const container = vault()
    const deleted = await readRecoverable(unit, container, secret)
    if (deleted.current.managed !== undefined) {
      throw new Fault('ObjectManaged', { kind: 'secret', operation: 'recover' })
    }
    const headKey = secretKey(container, secret.name)
    const { key: dueKey } = purgeDueOf(container, deleted)
    await unit.get(headKey)
    await unit.claimOne(dueKey)
    const { deletedAt: _, scheduledPurgeAt: __, ...head } = deleted
    unit.put<SecretHead>(headKey, { meta: head })
    unit.delete(deletedSecretKey(container, secret.name))
    unit.delete(dueKey)
    return deleted.current
  },
})

/** @throws Fault DeletedObjectNotFound, which says whether the secret lives. */
async function readRecoverable(
  unit: UnitOfWork,
  vault: VaultRecord,
  secret: SecretRef,
): Promise<DeletedSecretHead> {
  try {
    return await readDeletedSecret(unit, vault, secret)
  } catch (thrown) {
    if (!isFault(thrown, 'DeletedObjectNotFound')) throw thrown
    const live = await unit.get(secretKey(vault, secret.name))
    throw live === undefined ? thrown : new Fault(thrown.code, { ...thrown.detail, live: true })
  }
}
