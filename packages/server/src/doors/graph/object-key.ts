import {
  isGuid,
  objectOfEntry,
  type DirectoryCollection,
  type DirectoryPlace,
} from '@claviger/vault'
import { badRequest } from './graph-refusal.ts'
import type { GraphRequest } from './route.ts'

/**
 * What the key of a path names: an object id, `(appId='…')`, or a user's name.
 * @throws GraphRefusal
 */
export function placeOfKey(key: string, collection: DirectoryCollection): DirectoryPlace {
  if (isGuid(key)) return { by: 'id', id: key, collections: [collection] }
  const [, property, value = ''] = /^\((\w+)='(.*)'\)$/s.exec(key) ?? []
  const isClient = collection === 'applications' || collection === 'servicePrincipals'
  if (property?.toLowerCase() === 'appid' && isClient)
    return { by: 'appId', appId: value, collection }
  if (property?.toLowerCase() === 'userprincipalname' && collection === 'users') {
    return { by: 'userPrincipalName', userPrincipalName: value.replaceAll("''", "'") }
  }
  if (property === undefined && collection === 'users') {
    return { by: 'userPrincipalName', userPrincipalName: key }
  }
  throw badRequest('Invalid object identifier. It must be an object id, which is a GUID.')
}

/**
 * The object id that the key of a path names. Only a name is looked up: the operation that gets an
 * id is told the collection too, and does not find it elsewhere.
 */
export async function idOfKey(
  request: GraphRequest,
  collection: DirectoryCollection,
): Promise<string> {
  const { vault, call, params } = request
  const place = placeOfKey(params['id'] ?? '', collection)
  if (place.by === 'id') return place.id
  return objectOfEntry(await vault.directory.get(call, { place })).id
}

/** An object id in a path, of what need not be looked up. @throws GraphRefusal */
export function guidParam({ params }: GraphRequest, name: string): string {
  const id = params[name] ?? ''
  if (isGuid(id)) return id
  throw badRequest('Invalid object identifier. It must be an object id, which is a GUID.')
}
