import { lastSegment, type Noun } from './noun.ts'
import type { Identified, ObjectState } from './object-state.ts'
import type { Observer } from './observer.ts'

/** What an object is to a client, put together from every way there is to read it. */
export interface Observed<Version> {
  readonly standing: ObjectState<Version>['standing']
  /** By id; empty while deleted, when versions cannot be read. */
  readonly versions: ReadonlyMap<string, Version>
  readonly head: Version | undefined
}

/** @throws Error when two ways to read it disagree, or a version cannot be used. */
export async function observe<Version extends Identified>(
  observer: Observer,
  noun: Noun<Version>,
  name: string,
): Promise<Observed<Version>> {
  const { collection } = noun
  const head = await observer.get(`/${collection}/${name}/`)
  const deleted = await observer.get(`/deleted${collection}/${name}`)
  if (head !== undefined && deleted !== undefined) throw new Error(`${name} is live and deleted`)
  const listed = await observer.list(`/${collection}/${name}/versions`)
  if (head === undefined) {
    if (listed.length > 0) throw new Error(`${name} is not there, but has versions`)
    const standing = deleted === undefined ? 'absent' : 'deleted'
    return { standing, versions: new Map(), head: deleted && noun.versionOf(deleted) }
  }
  const versions = new Map<string, Version>()
  for (const item of listed) {
    const id = lastSegment(noun.idOf(item))
    const bundle = await observer.get(`/${collection}/${name}/${id}`)
    if (bundle === undefined) throw new Error(`${name}: version ${id} is listed, but not there`)
    const version = noun.versionOf(bundle)
    if (!noun.sameMarks(version, noun.versionOf(item))) {
      throw new Error(`${name}: version ${id} is listed with other attributes than it has`)
    }
    versions.set(id, await noun.proven(observer, name, version))
  }
  return { standing: 'live', versions, head: noun.versionOf(head) }
}
