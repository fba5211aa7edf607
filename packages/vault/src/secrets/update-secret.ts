import { MAXIMUM_CHANGED_TAGS } from '../changed-tags.ts'
import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { auditedSecret } from './get-secret.ts'
import { readSecret } from './read-secret.ts'
import {
  secretKey,
  secretVersionKey,
  type SecretHead,
  type SecretProperties,
  type SecretRef,
  type SecretVersion,
} from './secret.ts'
import { demandValidProperties } from './secret-rules.ts'

export interface UpdateSecretInput extends Partial<SecretProperties> {
  readonly secret: SecretRef
}

/**
 * Changes what a version says of itself, never its value; what is not given stays, tags are
 * replaced whole.
 */
export const updateSecret = operation<UpdateSecretInput, SecretVersion>({
  name: 'SecretUpdate',
  permission: 'secrets/update',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),
  auditId: ({ secret }, output) => auditedSecret(secret, output?.version),

  async run({ unit, vault, now }, { secret, ...changes }) {
    const container = vault()
    const { head, version } = await readSecret(unit, container, secret)
    if (version.meta.managed !== undefined) {
      throw new Fault('ObjectManaged', { kind: 'secret', operation: 'update' })
    }
    const updated: SecretVersion = {
      ...version.meta,
      ...changes,
      updated: Math.max(now, version.meta.created),
    }
    // Tags that stay were good when they were set, over a wire that allows more of them perhaps.
    demandValidProperties(updated, changes.tags === undefined ? MAXIMUM_CHANGED_TAGS : undefined)
    const versionKey = secretVersionKey(container, secret.name, updated.version)
    unit.put<SecretVersion>(versionKey, { ...version, meta: updated })
    if (head.current.version === updated.version) {
      unit.put<SecretHead>(secretKey(container, secret.name), {
        meta: { ...head, current: updated },
      })
    }
    return updated
  },
})
