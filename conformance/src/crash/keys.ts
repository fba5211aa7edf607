import { randomBytes, randomInt } from 'node:crypto'
import { objectOf, textOf } from '../server/json.ts'
import { type KeyKind, type KeyVersion, keyVersionOf, proofOf, provenKey } from './key-version.ts'
import { type Change, type Noun, sharesOf } from './noun.ts'
import { ABSENT, headOf, type ObjectState, withHead, withVersion } from './object-state.ts'
import { QUERY } from './observer.ts'

type KeyState = ObjectState<KeyVersion>
type KeyChange = Change<KeyVersion>

/** Every version is used whenever a key is read, so there must not be too many. */
const MOST_VERSIONS = 6

/** Keys under changing writes and uses. */
export const KEYS: Noun<KeyVersion> = {
  collection: 'keys',
  shares: sharesOf('crash', 6, 4),
  randomChange(name, state) {
    const roll = randomInt(100)
    if (state.standing === 'deleted') return roll < 60 ? recover(name, state) : purge(name)
    if (state.standing === 'absent') return create(name, state)
    if (state.versions.length >= MOST_VERSIONS || roll >= 88) return remove(name, state)
    if (roll < 25) return create(name, state)
    if (roll < 40) return rotate(name, state)
    return roll < 60 ? update(name, state) : use(name, state)
  },
  idOf: (item) => textOf(item, 'kid') || textOf(objectOf(item['key']), 'kid'),
  versionOf: keyVersionOf,
  sameMarks: (one, other) => one.mark === other.mark && one.expires === other.expires,
  proven: provenKey,
  agreed(found, expected, whole) {
    if (found.mark !== expected.mark || found.expires !== expected.expires) return undefined
    if (!whole) return expected
    const { fingerprint = expected.fingerprint } = found
    const isKnown = expected.fingerprint === undefined || expected.fingerprint === fingerprint
    return found.kind === expected.kind && isKnown
      ? { ...expected, id: found.id, fingerprint }
      : undefined
  },
}

function create(name: string, state: KeyState): KeyChange {
  const kind = kindOf(name)
  const { mark, expires } = marks()
  const made = kind === 'EC' ? { kty: 'EC', crv: 'P-256' } : { kty: 'oct', key_size: 128 }
  return {
    operationName: 'KeyCreate',
    method: 'POST',
    path: `/keys/${name}/create?${QUERY}`,
    body: { ...made, tags: { mark }, attributes: { exp: expires } },
    after: (answer) => {
      const { id, fingerprint } = answer === undefined ? UNSEEN : keyVersionOf(answer)
      return withVersion(state, { id, kind, mark, expires, fingerprint })
    },
  }
}

function rotate(name: string, state: KeyState): KeyChange {
  const { kind, mark } = headOf(state)
  return {
    operationName: 'KeyRotate',
    method: 'POST',
    path: `/keys/${name}/rotate?${QUERY}`,
    body: undefined,
    after: (answer) => {
      const { id, fingerprint } = answer === undefined ? UNSEEN : keyVersionOf(answer)
      return withVersion(state, { id, kind, mark, expires: undefined, fingerprint })
    },
  }
}

function update(name: string, state: KeyState): KeyChange {
  const head: KeyVersion = { ...headOf(state), ...marks() }
  return {
    operationName: 'KeyUpdate',
    method: 'PATCH',
    path: `/keys/${name}/${head.id}?${QUERY}`,
    body: { tags: { mark: head.mark }, attributes: { exp: head.expires } },
    after: () => withHead(state, head),
  }
}

/** Signs or wraps with the newest version, which changes nothing but what is known of it. */
function use(name: string, state: KeyState): KeyChange {
  const head = headOf(state)
  const proof = proofOf(head)
  return {
    operationName: proof.operationName,
    method: 'POST',
    path: `/keys/${name}/${head.id}/${proof.use}?${QUERY}`,
    body: proof.body,
    after: (answer) =>
      answer === undefined
        ? state
        : withHead(state, { ...head, fingerprint: proof.fingerprint(answer) }),
  }
}

function remove(name: string, state: KeyState): KeyChange {
  return {
    operationName: 'KeyDelete',
    method: 'DELETE',
    path: `/keys/${name}?${QUERY}`,
    body: undefined,
    after: () => ({ ...state, standing: 'deleted' }),
  }
}

function recover(name: string, state: KeyState): KeyChange {
  return {
    operationName: 'KeyRecover',
    method: 'POST',
    path: `/deletedkeys/${name}/recover?${QUERY}`,
    body: undefined,
    after: () => ({ ...state, standing: 'live' }),
  }
}

function purge(name: string): KeyChange {
  return {
    operationName: 'KeyPurge',
    method: 'DELETE',
    path: `/deletedkeys/${name}?${QUERY}`,
    body: undefined,
    after: () => ABSENT,
  }
}

const UNSEEN = { id: undefined, fingerprint: undefined } as const

/** The kind of a key goes with its name, so that all its versions are alike. */
function kindOf(name: string): KeyKind {
  return Number(name.at(-1)) % 2 === 0 ? 'EC' : 'oct'
}

/** Tag and expiry are sent together, so that a change which came through by half would show. */
function marks(): { readonly mark: string; readonly expires: number } {
  const mark = randomBytes(4).toString('hex')
  return { mark, expires: 3_000_000_000 + (Number.parseInt(mark, 16) % 1_000_000_000) }
}
