import type { JsonObject } from '../server/json.ts'
import type { Identified, ObjectState } from './object-state.ts'
import type { Observer } from './observer.ts'

/** A request about an object, and what it makes of it. */
export interface Change<Version> {
  /** As the audit log has it. */
  readonly operationName: string
  readonly method: 'PUT' | 'PATCH' | 'DELETE' | 'POST'
  readonly path: string
  readonly body: unknown
  /**
   * @param answer what the vault said, `undefined` when no answer came.
   * @throws Error when the answer is not what it has to be.
   */
  after(answer: JsonObject | undefined): ObjectState<Version>
}

/** A kind of object: what the crash test does with it, reads of it, and takes for the same. */
export interface Noun<Version extends Identified> {
  readonly collection: 'secrets' | 'keys'
  /** The names of each writer; nobody else changes them, so that each knows what must be there. */
  readonly shares: readonly (readonly string[])[]
  /** A random request that must succeed on an object in this state. */
  randomChange(name: string, state: ObjectState<Version>, canary: string): Change<Version>
  /** The id of a bundle or of an item of a list: a URL. */
  idOf(item: JsonObject): string
  /** The version that a bundle or an item of a list tells of. */
  versionOf(item: JsonObject): Version
  /** Whether a list and a bundle tell the same of a version. */
  sameMarks(one: Version, other: Version): boolean
  /** Uses a version that was read, where more can be known of it than is shown. */
  proven(observer: Observer, name: string, version: Version): Promise<Version>
  /**
   * The version that is expected with what was found of it, or `undefined` when they differ.
   * @param whole `false` for a deleted object, of which only the marks can be read.
   */
  agreed(found: Version, expected: Version, whole: boolean): Version | undefined
}

/** The part of an id after its last slash: the version of a version, the name of an object. */
export function lastSegment(id: string): string {
  return id.split('/').at(-1) ?? ''
}

/** Names for `writers` who have `each` objects of their own. */
export function sharesOf(prefix: string, writers: number, each: number): string[][] {
  return Array.from({ length: writers }, (_, writer) =>
    Array.from({ length: each }, (_, index) => `${prefix}-${writer}-${index}`),
  )
}
