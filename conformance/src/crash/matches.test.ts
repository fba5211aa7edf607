import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matches } from './matches.ts'
import type { Observed } from './observe.ts'
import { KEYS } from './keys.ts'
import type { KeyVersion } from './key-version.ts'
import { ABSENT, type ObjectState } from './object-state.ts'
import { SECRETS, type SecretVersion } from './secrets.ts'

type SecretState = ObjectState<SecretVersion>

const first: SecretVersion = { id: 'a', value: '1', contentType: 'm', tags: { mark: 'm' } }
const second: SecretVersion = { id: 'b', value: '2', contentType: 'n', tags: { mark: 'n' } }
const state: SecretState = { standing: 'live', versions: [first, second] }

function observed(
  versions: readonly SecretVersion[],
  head = versions.at(-1),
): Observed<SecretVersion> {
  const byId = new Map(versions.map((version) => [version.id ?? '', version]))
  return { standing: 'live', versions: byId, head }
}

test('What was acknowledged matches, and so does a version whose id never came.', () => {
  assert.deepEqual(matches(SECRETS, observed([first, second]), state), state)
  const unnamed: SecretState = { ...state, versions: [first, { ...second, id: undefined }] }
  assert.deepEqual(matches(SECRETS, observed([first, second]), unnamed), state)
})

const wrong: Readonly<Record<string, Observed<SecretVersion>>> = {
  'a version that is gone': observed([first]),
  'a version too many': observed([first, second, { ...second, id: 'c' }]),
  'another value': observed([first, { ...second, value: '1' }]),
  'another content type': observed([first, { ...second, contentType: 'm' }]),
  'tags of another write': observed([first, { ...second, tags: { mark: 'm' } }]),
  'an old version as the newest': observed([first, second], first),
  'no newest version': { ...observed([first, second]), head: undefined },
  'a secret that is gone': { standing: 'absent', versions: new Map(), head: undefined },
  'a secret that is deleted': { standing: 'deleted', versions: new Map(), head: second },
}
for (const [what, found] of Object.entries(wrong)) {
  test(`${what} does not match.`, () => assert.equal(matches(SECRETS, found, state), undefined))
}

test('A deleted secret matches by its newest version, a purged one by nothing.', () => {
  const deleted: SecretState = { ...state, standing: 'deleted' }
  const found: Observed<SecretVersion> = { standing: 'deleted', versions: new Map(), head: second }
  assert.deepEqual(matches(SECRETS, found, deleted), deleted)
  assert.equal(matches(SECRETS, { ...found, head: first }, deleted), undefined)
  const gone: Observed<SecretVersion> = { standing: 'absent', versions: new Map(), head: undefined }
  assert.deepEqual(matches(SECRETS, gone, ABSENT), ABSENT)
})

const key: KeyVersion = { id: 'a', kind: 'EC', mark: 'm', expires: 1, fingerprint: 'x.y' }
const keyState: ObjectState<KeyVersion> = { standing: 'live', versions: [key] }

function observedKey(found: KeyVersion): Observed<KeyVersion> {
  return { standing: 'live', versions: new Map([[found.id ?? '', found]]), head: found }
}

test('A key matches by its fingerprint, and takes the one found where none was known.', () => {
  assert.deepEqual(matches(KEYS, observedKey(key), keyState), keyState)
  const unseen = { ...keyState, versions: [{ ...key, id: undefined, fingerprint: undefined }] }
  assert.deepEqual(matches(KEYS, observedKey(key), unseen), keyState)
})

const wrongKeys: Readonly<Record<string, KeyVersion>> = {
  'a key with another fingerprint': { ...key, fingerprint: 'x.z' },
  'a key of another kind': { ...key, kind: 'oct' },
  'a key with the tags of another write': { ...key, mark: 'n' },
  'a key with the expiry of another write': { ...key, expires: 2 },
}
for (const [what, found] of Object.entries(wrongKeys)) {
  test(`${what} does not match.`, () => {
    assert.equal(matches(KEYS, observedKey(found), keyState), undefined)
  })
}
