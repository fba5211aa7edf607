import { createHash } from 'node:crypto'
import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'

/** The lists of a directory. A managed identity is a service principal without an application. */
export type DirectoryCollection = 'applications' | 'servicePrincipals' | 'users' | 'groups'

const SEGMENTS = {
  applications: 'application',
  servicePrincipals: 'service-principal',
  users: 'user',
  groups: 'group',
} as const satisfies Record<DirectoryCollection, string>

/** A key's segment holds 255 characters, two for each octet of the name. */
const INDEXED_OCTETS = 120

/**
 * Says that a collection has an object of this display name: the key says all, in the order of the
 * names without regard to case, so that a list, and a search by the beginning of a name, read no
 * more than they give.
 */
export function directoryNameKey(
  tenant: string,
  collection: DirectoryCollection,
  { displayName, id }: { readonly displayName: string; readonly id: string },
): RecordKey {
  const segment = SEGMENTS[collection]
  return recordKeyOf(tenant, 'directory-name', segment, indexedName(displayName), id.toLowerCase())
}

export function directoryNamePrefix(tenant: string, collection: DirectoryCollection): RecordKey {
  return prefixOf(tenant, 'directory-name', SEGMENTS[collection])
}

/** The octets of a display name that its key begins with, in hexadecimal. */
export function indexedName(displayName: string): string {
  const octets = Buffer.from(displayName.toLowerCase(), 'utf8')
  return octets.subarray(0, INDEXED_OCTETS).toString('hex')
}

/** Points from a name that is unique in the tenant to the object that has it. */
export interface UniqueName {
  /** Object id. */
  readonly id: string
}

/** Of a user; compared without regard to case. */
export function userPrincipalNameKey(tenant: string, name: string): RecordKey {
  return recordKeyOf(tenant, 'user-principal-name', hashOf(name))
}

/** Of an application; compared without regard to case. */
export function identifierUriKey(tenant: string, uri: string): RecordKey {
  return recordKeyOf(tenant, 'identifier-uri', hashOf(uri))
}

/** What two keyboards write differently and everybody reads alike is one name (UAX 15, NFC). */
export function normalName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function hashOf(name: string): string {
  return createHash('sha256').update(normalName(name)).digest('hex')
}
