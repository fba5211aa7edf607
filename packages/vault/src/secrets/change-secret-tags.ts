import { changedTags, type TagChange } from '../changed-tags.ts'
import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { readSecretHead } from './read-secret.ts'
import {
  secretKey,
  secretVersionKey,
  type SecretHead,
  type SecretRef,
  type SecretVersion,
} from './secret.ts'

export interface ChangeSecretTagsInput extends TagChange {
  readonly secret: SecretRef
}

/**
 * Changes single tags of a secret: of its current version, and of those that may take its place
 * when a stage is moved.
 */
export const changeSecretTags = operation<ChangeSecretTagsInput, SecretHead>({
  name: 'SecretUpdate',
  permission: 'secrets/update',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault, now }, { secret, ...change }) {
    const container = vault()
    const head = await readSecretHead(unit, container, secret)
    if (head.current.managed !== undefined) {
      throw new Fault('ObjectManaged', { kind: 'secret', operation: 'update' })
    }
    const tags = changedTags(head.current.tags, change)
    const labelled = head.labelled?.map(({ version }) => version) ?? []
    for (const version of new Set([head.current.version, ...labelled])) {
      const at = secretVersionKey(container, secret.name, version)
      const found = await unit.get<SecretVersion>(at)
      if (found === undefined) continue
      const updated = Math.max(now, found.meta.created)
      unit.put<SecretVersion>(at, { ...found, meta: { ...found.meta, tags, updated } })
    }
    const updated = Math.max(now, head.current.created)
    const after: SecretHead = { ...head, current: { ...head.current, tags, updated } }
    unit.put<SecretHead>(secretKey(container, secret.name), { meta: after })
    return after
  },
})
