import type { DirectoryCollection, DirectoryEntry } from '@claviger/vault'
import { placeOfKey } from './object-key.ts'
import { renderObject } from './render-object.ts'
import type { GraphReply, GraphRequest } from './route.ts'
import { selectOf } from './select.ts'

/** The object that the key of a path names. */
export async function readEntry(
  { vault, call, params }: GraphRequest,
  collection: DirectoryCollection,
): Promise<DirectoryEntry> {
  return await vault.directory.get(call, { place: placeOfKey(params['id'] ?? '', collection) })
}

/** Answers with one object. */
export function answerEntry(
  request: GraphRequest,
  entry: DirectoryEntry,
  status = 200,
): GraphReply {
  const { base, query, settings, tenant } = request
  const select = selectOf(query)
  const object = renderObject(entry, settings, tenant.id)
  const context = `${base}/$metadata#${entry.collection}${select.context}/$entity`
  const place = { Location: `${base}/${entry.collection}/${String(object['id'])}` }
  return {
    status,
    body: { '@odata.context': context, ...select(object) },
    ...(status === 201 ? { headers: place } : {}),
  }
}

export const NO_CONTENT: GraphReply = { status: 204 }
