// What a writer knows of one of its objects. A request whose answer never came leaves two states
// that are both right, and nothing between them: that is what the crash test checks.

/** A version has an id; it is `undefined` while the answer that would have named it never came. */
export interface Identified {
  readonly id: string | undefined
}

export interface ObjectState<Version> {
  readonly standing: 'absent' | 'live' | 'deleted'
  /** In the order they were made; the last is the head. */
  readonly versions: readonly Version[]
}

export const ABSENT: ObjectState<never> = { standing: 'absent', versions: [] }

/** The newest version. @throws Error when there is none. */
export function headOf<Version>({ versions }: ObjectState<Version>): Version {
  const head = versions.at(-1)
  if (head === undefined) throw new Error('an object that is there has a version')
  return head
}

export function withVersion<Version>(
  state: ObjectState<Version>,
  version: Version,
): ObjectState<Version> {
  return { standing: 'live', versions: [...state.versions, version] }
}

export function withHead<Version>(
  state: ObjectState<Version>,
  head: Version,
): ObjectState<Version> {
  return { ...state, versions: [...state.versions.slice(0, -1), head] }
}
