import { defined } from '../core/defined.ts'
import { answeredId } from './object-id.ts'
import {
  deletionProperties,
  objectProperties,
  type Tags,
  type WireAttributes,
  type WireDeletion,
} from './object-properties.ts'
import type { DeletedSecret, KeyVaultSecret, SecretProperties } from './secret-models.ts'

/** A secret on the wire. */
export interface WireSecret {
  readonly id?: string
  readonly value?: string
  readonly contentType?: string
  readonly attributes?: WireAttributes
  readonly tags?: Tags
  readonly kid?: string
  readonly managed?: boolean
  readonly previousVersion?: string
}

/** What the wire says of a secret beside its value. */
export function secretProperties(wire: WireSecret): SecretProperties {
  const {
    id,
    contentType,
    attributes,
    tags,
    kid: certificateKeyId,
    managed,
    previousVersion,
  } = wire
  return {
    ...objectProperties(answeredId(id, /secrets$/), id, attributes, tags),
    ...defined({ contentType, certificateKeyId, managed, previousVersion }),
  }
}

/** A secret of the wire. */
export function keyVaultSecret(wire: WireSecret): KeyVaultSecret {
  const properties = secretProperties(wire)
  return { name: properties.name, ...defined({ value: wire.value }), properties }
}

/** A deleted secret of the wire. */
export function deletedSecret(wire: WireSecret & WireDeletion): DeletedSecret {
  const deletion = deletionProperties(wire)
  const { name, properties } = keyVaultSecret(wire)
  return { name, properties: { ...properties, ...deletion }, ...deletion }
}
