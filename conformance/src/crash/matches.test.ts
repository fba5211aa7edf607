import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matches } from './matches.ts'
import type { Observed } from './observe.ts'
import { ABSENT, type SecretState, type VersionState } from './secret-state.ts'

const first: VersionState = { id: 'a', value: '1', contentType: 'm', tags: { mark: 'm' } }
const second: VersionState = { id: 'b', value: '2', contentType: 'n', tags: { mark: 'n' } }
const state: SecretState = { standing: 'live', versions: [first, second] }

function observed(versions: readonly VersionState[], head = versions.at(-1)): Observed {
  const byId = new Map(versions.map((version) => [version.id ?? '', version]))
  return { standing: 'live', versions: byId, head }
}

test('What was acknowledged matches, and so does a version whose id never came.', () => {
  assert.deepEqual(matches(observed([first, second]), state), state)
  const unnamed: SecretState = { ...state, versions: [first, { ...second, id: undefined }] }
  assert.deepEqual(matches(observed([first, second]), unnamed), state)
})

const wrong: Readonly<Record<string, Observed>> = {
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
  test(`${what} does not match.`, () => assert.equal(matches(found, state), undefined))
}

test('A deleted secret matches by its newest version, a purged one by nothing.', () => {
  const deleted: SecretState = { ...state, standing: 'deleted' }
  const found: Observed = { standing: 'deleted', versions: new Map(), head: second }
  assert.deepEqual(matches(found, deleted), deleted)
  assert.equal(matches({ ...found, head: first }, deleted), undefined)
  const gone: Observed = { standing: 'absent', versions: new Map(), head: undefined }
  assert.deepEqual(matches(gone, ABSENT), ABSENT)
})
