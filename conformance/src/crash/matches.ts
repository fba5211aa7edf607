import type { Noun } from './noun.ts'
import type { Identified, ObjectState } from './object-state.ts'
import type { Observed } from './observe.ts'

/**
 * Whether what was read is exactly a state; gives the state with what was read of it, `undefined`
 * when it is another one. A deleted object shows its newest version's marks alone.
 */
export function matches<Version extends Identified>(
  { agreed }: Pick<Noun<Version>, 'agreed'>,
  observed: Observed<Version>,
  state: ObjectState<Version>,
): ObjectState<Version> | undefined {
  if (observed.standing !== state.standing) return undefined
  if (state.standing === 'absent') return state
  const expectedHead = state.versions.at(-1)
  if (expectedHead === undefined || observed.head === undefined) return undefined
  if (state.standing === 'deleted') {
    return agreed(observed.head, expectedHead, false) === undefined ? undefined : state
  }
  if (observed.versions.size !== state.versions.length) return undefined
  const known = new Set(state.versions.map(({ id }) => id))
  const unknownId = [...observed.versions.keys()].find((id) => !known.has(id))
  const versions: Version[] = []
  for (const expected of state.versions) {
    const id = expected.id ?? unknownId
    const found = id === undefined ? undefined : observed.versions.get(id)
    const version = found === undefined ? undefined : agreed(found, expected, true)
    if (version === undefined) return undefined
    versions.push(version)
  }
  const head = versions.at(-1)
  // The newest version and what is read without a version must be one.
  if (head === undefined || head.id !== observed.head.id) return undefined
  return agreed(observed.head, head, true) === undefined ? undefined : { ...state, versions }
}
