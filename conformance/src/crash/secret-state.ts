// What a writer knows of one of its secrets. A request whose answer never came leaves two states
// that are both right, and nothing between them: that is what the crash test checks.

export interface VersionState {
  /** `undefined` while the answer that would have named it never came. */
  readonly id: string | undefined
  readonly value: string
  readonly contentType: string
  readonly tags: Readonly<Record<string, string>>
}

export interface SecretState {
  readonly standing: 'absent' | 'live' | 'deleted'
  /** In the order they were made; the last is the head. */
  readonly versions: readonly VersionState[]
}

export const ABSENT: SecretState = { standing: 'absent', versions: [] }

/** The newest version. @throws Error when there is none. */
export function headOf({ versions }: SecretState): VersionState {
  const head = versions.at(-1)
  if (head === undefined) throw new Error('a secret that is there has a version')
  return head
}

export function withVersion(state: SecretState, version: VersionState): SecretState {
  return { standing: 'live', versions: [...state.versions, version] }
}

export function withHead(state: SecretState, head: VersionState): SecretState {
  return { ...state, versions: [...state.versions.slice(0, -1), head] }
}
