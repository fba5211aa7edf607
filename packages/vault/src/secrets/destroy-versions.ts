import { deleteObjectPolicy } from '../access/put-object-policy.ts'
import type { OperationContext } from '../operation.ts'
import { PURGE_PAGE_RECORDS } from '../purge-page.ts'
import { deleteSecretName } from './secret-name.ts'
import { secretVersionPrefix, type SecretHead } from './secret.ts'

/**
 * Destroys the next versions of a secret; with the last of them its name is free.
 * @returns whether the last was among them.
 */
export async function destroyVersions(
  { unit, vault }: OperationContext,
  head: SecretHead,
): Promise<boolean> {
  const limit = PURGE_PAGE_RECORDS
  const prefix = secretVersionPrefix(vault(), head.current.name)
  const versions = await unit.claim(prefix, { limit })
  for (const key of versions) unit.delete(key)
  const done = versions.length < limit
  if (done) {
    await deleteSecretName(unit, vault(), head)
    await deleteObjectPolicy(unit, vault(), `secrets/${head.current.name}`)
  }
  return done
}
