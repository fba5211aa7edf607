import { randomBytes, randomInt } from 'node:crypto'
import { type JsonObject, objectOf, textOf } from '../server/json.ts'
import { type Change, lastSegment, type Noun, sharesOf } from './noun.ts'
import { ABSENT, headOf, type ObjectState, withHead, withVersion } from './object-state.ts'
import { QUERY } from './observer.ts'

export interface SecretVersion {
  readonly id: string | undefined
  readonly value: string
  readonly contentType: string
  readonly tags: Readonly<Record<string, string>>
}

type SecretState = ObjectState<SecretVersion>
type SecretChange = Change<SecretVersion>

/** Secrets under changing writes. */
export const SECRETS: Noun<SecretVersion> = {
  collection: 'secrets',
  shares: sharesOf('crash', 12, 5),
  randomChange(name, state, canary) {
    const roll = randomInt(100)
    if (state.standing === 'deleted') return roll < 60 ? recover(name, state) : purge(name)
    if (state.standing === 'absent' || roll < 60) return set(name, state, canary)
    return roll < 85 ? update(name, state) : remove(name, state)
  },
  idOf: (item) => textOf(item, 'id'),
  versionOf,
  sameMarks: (one, other) =>
    one.contentType === other.contentType && one.tags['mark'] === other.tags['mark'],
  proven: async (_observer, _name, version) => version,
  agreed(found, expected, whole) {
    const isSame =
      (!whole || found.value === expected.value) &&
      found.contentType === expected.contentType &&
      JSON.stringify(found.tags) === JSON.stringify(expected.tags)
    return isSame ? { ...expected, id: found.id } : undefined
  },
}

function versionOf(item: JsonObject): SecretVersion {
  const tags = objectOf(item['tags'])
  return {
    id: lastSegment(textOf(item, 'id')),
    value: textOf(item, 'value'),
    contentType: textOf(item, 'contentType'),
    tags: Object.fromEntries(Object.keys(tags).map((name) => [name, textOf(tags, name)])),
  }
}

function set(name: string, state: SecretState, canary: string): SecretChange {
  const value = `${canary}-${randomBytes(12).toString('hex')}`
  const { contentType, tags } = marks()
  return {
    operationName: 'SecretSet',
    method: 'PUT',
    path: `/secrets/${name}?${QUERY}`,
    body: { value, contentType, tags },
    after: (answer) => {
      const id = answer === undefined ? undefined : versionOf(answer).id
      return withVersion(state, { id, value, contentType, tags })
    },
  }
}

function update(name: string, state: SecretState): SecretChange {
  const head: SecretVersion = { ...headOf(state), ...marks() }
  const { contentType, tags } = head
  return {
    operationName: 'SecretUpdate',
    method: 'PATCH',
    path: `/secrets/${name}/${head.id}?${QUERY}`,
    body: { contentType, tags },
    after: () => withHead(state, head),
  }
}

function remove(name: string, state: SecretState): SecretChange {
  return {
    operationName: 'SecretDelete',
    method: 'DELETE',
    path: `/secrets/${name}?${QUERY}`,
    body: undefined,
    after: () => ({ ...state, standing: 'deleted' }),
  }
}

function recover(name: string, state: SecretState): SecretChange {
  return {
    operationName: 'SecretRecover',
    method: 'POST',
    path: `/deletedsecrets/${name}/recover?${QUERY}`,
    body: undefined,
    after: () => ({ ...state, standing: 'live' }),
  }
}

function purge(name: string): SecretChange {
  return {
    operationName: 'SecretPurge',
    method: 'DELETE',
    path: `/deletedsecrets/${name}?${QUERY}`,
    body: undefined,
    after: () => ABSENT,
  }
}

/** Content type and tag say the same, so that a change which came through by half would show. */
function marks(): Pick<SecretVersion, 'contentType' | 'tags'> {
  const mark = randomBytes(6).toString('hex')
  return { contentType: mark, tags: { mark } }
}
