import { isGuid, type DirectoryCollection } from '@claviger/vault'
import { azure } from '@claviger/wire'
import { attributesOf } from './object-attributes.ts'
import type { GraphRequest } from './route.ts'

/** The body of a request, with the properties that are kept as they are. */
export interface ObjectBody {
  readonly members: azure.JsonMembers
  readonly attributes: ReturnType<typeof attributesOf>
}

/**
 * Reads the body of an object.
 * @param read the names that the route reads itself.
 * @throws GraphRefusal
 */
export function readObject(
  request: GraphRequest,
  collection: DirectoryCollection,
  read: readonly string[],
): ObjectBody {
  const body = request.body()
  return {
    members: new azure.JsonMembers(body),
    attributes: attributesOf(body, collection, read),
  }
}

/** The members of the body of an action. @throws GraphRefusal */
export function readMembers(request: GraphRequest): azure.JsonMembers {
  return new azure.JsonMembers(request.body())
}

/**
 * The object id in a body that refers to an object: `{"@odata.id": "https://…/directoryObjects/{id}"}`.
 * @throws azure.MalformedMember
 */
export function referredId(request: GraphRequest): string {
  const members = readMembers(request)
  const url = members.requiredString('@odata.id')
  const id =
    /(?:^|\/)([0-9a-f-]{36})\/?$/i.exec(url)?.[1] ?? /\('([0-9a-f-]{36})'\)$/i.exec(url)?.[1]
  if (id !== undefined) return id
  throw members.malformed('@odata.id', 'it must end in the object id, after /directoryObjects/')
}

/** An id in a body. @throws azure.MalformedMember */
export function guidMember(members: azure.JsonMembers, name: string): string {
  const id = members.requiredString(name)
  if (isGuid(id)) return id
  throw members.malformed(name, 'it must be a GUID')
}
