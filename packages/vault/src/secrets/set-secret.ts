import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { demandObjectName } from '../object-name.ts'
import { operation } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
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

  async run({ unit, vault, now }, { secret, value, enabled = true, ...properties }) {
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
    const current: SecretVersion = {
      ...properties,
      name: head?.meta.current.name ?? secret.name,
      version,
      enabled,
      created: now,
      updated: now,
    }
    const versionKey = secretVersionKey(container, secret.name, version)
    unit.create<SecretVersion>(versionKey, { meta: current, secret: value })
    const previous = head?.meta.current.version
    const after = { ...head?.meta, current, ...(previous === undefined ? {} : { previous }) }
    unit.put<SecretHead>(headKey, { meta: after })
    return current
  },
})
