import { randomBytes, randomInt } from 'node:crypto'
import {
  ABSENT,
  headOf,
  type SecretState,
  type VersionState,
  withHead,
  withVersion,
} from './secret-state.ts'

/** A request that changes a secret, and what it makes of it. */
export interface Change {
  /** As the audit log has it. */
  readonly operationName: string
  readonly method: 'PUT' | 'PATCH' | 'DELETE' | 'POST'
  readonly path: string
  readonly body: unknown
  /** @param version the id that the answer gave, if the change makes a version. */
  after(version: string | undefined): SecretState
}

const QUERY = '?api-version=7.4'

/** A random change that must succeed on a secret in this state. */
export function randomChange(name: string, state: SecretState, canary: string): Change {
  const roll = randomInt(100)
  if (state.standing === 'deleted') return roll < 60 ? recover(name, state) : purge(name)
  if (state.standing === 'absent' || roll < 60) return set(name, state, canary)
  return roll < 85 ? update(name, state) : remove(name, state)
}

function set(name: string, state: SecretState, canary: string): Change {
  const value = `${canary}-${randomBytes(12).toString('hex')}`
  const { contentType, tags } = marks()
  return {
    operationName: 'SecretSet',
    method: 'PUT',
    path: `/secrets/${name}${QUERY}`,
    body: { value, contentType, tags },
    after: (id) => withVersion(state, { id, value, contentType, tags }),
  }
}

function update(name: string, state: SecretState): Change {
  const head: VersionState = { ...headOf(state), ...marks() }
  const { contentType, tags } = head
  return {
    operationName: 'SecretUpdate',
    method: 'PATCH',
    path: `/secrets/${name}/${head.id}${QUERY}`,
    body: { contentType, tags },
    after: () => withHead(state, head),
  }
}

function remove(name: string, state: SecretState): Change {
  return {
    operationName: 'SecretDelete',
    method: 'DELETE',
    path: `/secrets/${name}${QUERY}`,
    body: undefined,
    after: () => ({ ...state, standing: 'deleted' }),
  }
}

function recover(name: string, state: SecretState): Change {
  return {
    operationName: 'SecretRecover',
    method: 'POST',
    path: `/deletedsecrets/${name}/recover${QUERY}`,
    body: undefined,
    after: () => ({ ...state, standing: 'live' }),
  }
}

function purge(name: string): Change {
  return {
    operationName: 'SecretPurge',
    method: 'DELETE',
    path: `/deletedsecrets/${name}${QUERY}`,
    body: undefined,
    after: () => ABSENT,
  }
}

/** Content type and tag say the same, so that a change which came through by half would show. */
function marks(): Pick<VersionState, 'contentType' | 'tags'> {
  const mark = randomBytes(6).toString('hex')
  return { contentType: mark, tags: { mark } }
}
