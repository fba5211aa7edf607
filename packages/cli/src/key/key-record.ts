import type { DeletedKey, JsonWebKey, KeyProperties, KeyVaultKey } from '@claviger/client/azure'
import { attributesOf, deletionOf } from '../objects/object-record.ts'
import type { ListedObject } from '../objects/object-source.ts'
import type { JsonRecord, JsonValue } from '../output/json-value.ts'
import { releaseRecord } from './release-policy.ts'

/** What a listing says of a key. */
export function listedKey(properties: KeyProperties): ListedObject {
  return { managed: properties.managed === true, record: propertiesRecord(properties) }
}

/** A key with its public members, under the names that `az` gives; octets are base64url. */
export function keyRecord({ key, keyOperations, keyType, properties }: KeyVaultKey): JsonRecord {
  return {
    ...propertiesRecord(properties),
    key: {
      kid: properties.id ?? null,
      kty: keyType ?? null,
      keyOps: keyOperations ?? null,
      ...publicMembers(key),
    },
  }
}

/** A key that is deleted; a listing says nothing of its members. */
export function deletedKeyRecord(key: DeletedKey): JsonRecord {
  return { ...keyRecord(key), ...deletionOf(key.properties) }
}

function propertiesRecord(properties: KeyProperties): JsonRecord {
  const { exportable, hsmPlatform, id, managed, name, tags, version } = properties
  return {
    attributes: {
      ...attributesOf(properties),
      exportable: exportable ?? null,
      hsmPlatform: hsmPlatform ?? null,
    },
    kid: id ?? null,
    managed: managed ?? null,
    name,
    releasePolicy: releaseRecord(properties.releasePolicy),
    tags: tags ?? {},
    ...(version === undefined ? {} : { version }),
  }
}

function publicMembers({ crv, e, n, x, y }: JsonWebKey): JsonRecord {
  const octets: readonly (readonly [string, Uint8Array | undefined])[] = [
    ['n', n],
    ['e', e],
    ['x', x],
    ['y', y],
  ]
  const given = octets.flatMap(([name, value]): [string, JsonValue][] =>
    value === undefined ? [] : [[name, Buffer.from(value).toString('base64url')]],
  )
  return { ...(crv === undefined ? {} : { crv }), ...Object.fromEntries(given) }
}
