import type { Observed } from './observe.ts'
import type { SecretState, VersionState } from './secret-state.ts'

/**
 * Whether what was read is exactly a state; gives the state with the ids that were read,
 * `undefined` when it is another one. A deleted secret shows its newest version's marks alone.
 */
export function matches(observed: Observed, state: SecretState): SecretState | undefined {
  if (observed.standing !== state.standing) return undefined
  if (state.standing === 'absent') return state
  const expectedHead = state.versions.at(-1)
  if (expectedHead === undefined || observed.head === undefined) return undefined
  if (state.standing === 'deleted') {
    return sameContents(observed.head, expectedHead, false) ? state : undefined
  }
  if (observed.versions.size !== state.versions.length) return undefined
  const known = new Set(state.versions.map(({ id }) => id))
  const unknownId = [...observed.versions.keys()].find((id) => !known.has(id))
  const versions: VersionState[] = []
  for (const expected of state.versions) {
    const id = expected.id ?? unknownId
    const found = id === undefined ? undefined : observed.versions.get(id)
    if (id === undefined || found === undefined || !sameContents(found, expected, true)) {
      return undefined
    }
    versions.push({ ...expected, id })
  }
  const head = versions.at(-1)
  // The newest version and what is read without a version must be one.
  if (head === undefined || head.id !== observed.head.id) return undefined
  if (!sameContents(observed.head, head, true)) return undefined
  return { ...state, versions }
}

function sameContents(found: VersionState, expected: VersionState, withValue: boolean): boolean {
  return (
    (!withValue || found.value === expected.value) &&
    found.contentType === expected.contentType &&
    JSON.stringify(found.tags) === JSON.stringify(expected.tags)
  )
}
