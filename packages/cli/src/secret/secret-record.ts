import type { DeletedSecret, KeyVaultSecret, SecretProperties } from '@claviger/client/azure'
import { attributesOf, deletionOf } from '../objects/object-record.ts'
import type { ListedObject } from '../objects/object-source.ts'
import type { JsonRecord } from '../output/json-value.ts'

/** What is said of a secret without its value; the members that `az` gives, and the version. */
export function secretRecord(properties: SecretProperties): JsonRecord {
  return {
    attributes: attributesOf(properties),
    contentType: properties.contentType ?? null,
    id: properties.id ?? null,
    managed: properties.managed ?? null,
    name: properties.name,
    tags: properties.tags ?? {},
    ...(properties.version === undefined ? {} : { version: properties.version }),
  }
}

/** A secret with its value, or with `hidden` in the place of it. */
export function shownSecret(secret: KeyVaultSecret, hidden: string | undefined): JsonRecord {
  return { ...secretRecord(secret.properties), value: hidden ?? secret.value ?? null }
}

/** A secret that is deleted. */
export function deletedSecretRecord({ properties }: DeletedSecret): JsonRecord {
  return { ...secretRecord(properties), ...deletionOf(properties) }
}

/** A secret in a listing. */
export function listedSecret(properties: SecretProperties): ListedObject {
  return { managed: properties.managed === true, record: secretRecord(properties) }
}
