import { badRequest } from './graph-refusal.ts'
import type { GraphObject } from './render-object.ts'

const LONGEST_SELECT = 2048

/** Takes of an object what `$select` names. */
export interface Select {
  (object: GraphObject): GraphObject
  /** What the context says of it, such as `(id,displayName)`. */
  readonly context: string
}

/**
 * Reads `$select`; without one everything is taken. A property that is not kept here is null, as one
 * that was never set.
 * @throws GraphRefusal
 */
export function selectOf(query: URLSearchParams): Select {
  const text = query.get('$select')
  if (text === null || text.trim() === '' || text.trim() === '*') {
    return Object.assign((object: GraphObject) => object, { context: '' })
  }
  const names = text.split(',').map((name) => name.trim())
  if (text.length > LONGEST_SELECT || names.some((name) => !/^[A-Za-z]\w*$/.test(name))) {
    throw badRequest('$select must name properties, with commas between them.')
  }
  const take = (object: GraphObject): GraphObject => {
    const all = new Map(Object.entries(object))
    const annotations = [...all].filter(([name]) => name.startsWith('@'))
    return Object.fromEntries([
      ...annotations,
      ...names.map((name) => [name, all.get(name) ?? null] as const),
    ])
  }
  return Object.assign(take, { context: `(${names.join(',')})` })
}
