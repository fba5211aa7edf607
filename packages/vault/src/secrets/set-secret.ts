import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { demandObjectName } from '../object-name.ts'
import { operation } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import { closeValue } from './customer-key.ts'
import {
  deletedSecretKey,
  secretKey,
  secretVersionKey,
  type DeletedSecretHead,
  type SecretHead,
  type SecretProperties,
  type SecretRef,
  type SecretVersion,
} from './secret.ts'
import { demandValidProperties, demandValidValue } from './secret-rules.ts'
import { withCurrent } from './secret-stages.ts'

export interface SetSecretInput extends Partial<SecretProperties> {
  readonly secret: SecretRef
  readonly value: Secret
}

/** Makes a secret, or a new current version of one. */
export const setSecret = operation<SetSecretInput, SecretVersion>({
  name: 'SecretSet',
  permission: 'secrets/set',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),
  auditId: ({ secret: { name } }, output) =>
    output === undefined ? `secrets/${name}` : `secrets/${name}/${output.version}`,

  async run(context, { secret, value, enabled = true, ...properties }) {
    const { unit, vault, now } = context
    demandObjectName(secret.name)
    demandValidValue(value)
    demandValidProperties(properties)
    const container = vault()
    const headKey = secretKey(container, secret.name)
    const version = randomHexId()
    const [head, deleted] = await unit.getMany<SecretHead | DeletedSecretHead>([
      headKey,
      deletedSecretKey(container, secret.name),
    ])
    if (deleted !== undefined) {
      throw new Fault('ObjectInDeletedState', { kind: 'secret', name: secret.name })
    }
    if (head?.meta.current.managed !== undefined) {
      throw new Fault('ObjectManaged', { kind: 'secret', operation: 'set' })
    }
    const wanted: SecretVersion = {
      ...properties,
      name: head?.meta.current.name ?? secret.name,
      version,
      enabled,
      created: now,
      updated: now,
    }
    const versionKey = secretVersionKey(container, secret.name, version)
    const content = await closeValue(context, head?.meta.encryptionKey, wanted, value)
    const current = content.meta
    unit.create<SecretVersion>(versionKey, content)
    unit.put<SecretHead>(headKey, {
      meta: head === undefined ? { current } : withCurrent(head.meta, current),
    })
    return current
  },
})
