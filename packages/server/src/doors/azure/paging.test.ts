import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertRefused } from './assert-refused.ts'
import {
  doorUnderTest,
  ORIGIN,
  setSecret,
  VERSION,
  versionOf,
  type DoorUnderTest,
  type Received,
} from './door-under-test.ts'

const LISTS = ['/secrets', '/deletedsecrets', '/secrets/a/versions']

function idsOf({ json }: Received): string[] {
  const { value } = json
  assert.ok(Array.isArray(value))
  return value.map((item: { readonly id?: unknown }) => String(item.id))
}

/** The ids of all pages, read as the SDKs read them. */
async function allIds(door: DoorUnderTest, target: string): Promise<string[]> {
  const ids: string[] = []
  for (let next: unknown = target; typeof next === 'string'; ) {
    const page = await door.send('GET', next.replace(ORIGIN, ''))
    ids.push(...idsOf(page))
    next = page.json['nextLink']
  }
  return ids
}

function encoded(token: string): string {
  return Buffer.from(token).toString('base64url')
}

test('pages have links that stay on the host and port, and end with null', async () => {
  const door = await doorUnderTest()
  for (const name of ['c', 'a', 'b']) await setSecret(door, name, { value: 'canary' })
  const first = await door.send('GET', '/secrets?api%2Dversion=7.2&maxresults=2')
  assert.deepEqual(idsOf(first), [`${ORIGIN}/secrets/a`, `${ORIGIN}/secrets/b`])
  assert.doesNotMatch(first.text, /canary/)
  const link = String(first.json['nextLink'])
  const token = encoded('{"NextMarker":"b","TargetLocation":0}')
  assert.equal(link, `${ORIGIN}/secrets?api-version=7.2&$skiptoken=${token}&maxresults=2`)
  const second = await door.send('GET', link.slice(ORIGIN.length))
  assert.deepEqual(idsOf(second), [`${ORIGIN}/secrets/c`])
  assert.equal(second.json['nextLink'], null)
})

test('versions are listed by their ids, under the name as it was first written', async () => {
  const door = await doorUnderTest()
  const versions: string[] = []
  for (const name of ['A', 'a', 'A']) versions.push(versionOf(await setSecret(door, name)))
  assert.deepEqual(
    await allIds(door, '/secrets/a/versions?api-version=7.3&maxresults=1'),
    versions.toSorted().map((version) => `${ORIGIN}/secrets/A/${version}`),
  )
})

test('deleted secrets page too', async () => {
  const door = await doorUnderTest()
  for (const name of ['x', 'y', 'z']) {
    await setSecret(door, name)
    await door.call('DELETE', `/secrets/${name}`)
  }
  assert.deepEqual(
    await allIds(door, '/deletedsecrets?api-version=7.3&maxresults=1'),
    ['x', 'y', 'z'].map((name) => `${ORIGIN}/secrets/${name}`),
  )
})

test('without a size a page has 25, and its link none', async () => {
  const door = await doorUnderTest()
  for (let made = 10; made < 36; made++) await setSecret(door, `s${made}`)
  const first = await door.call('GET', '/secrets')
  assert.equal(idsOf(first).length, 25)
  assert.doesNotMatch(String(first.json['nextLink']), /maxresults/)
  assert.equal((await allIds(door, `/secrets?api-version=${VERSION}`)).length, 26)
})

test('an empty list is a page', async () => {
  const { call } = await doorUnderTest()
  for (const path of ['/secrets', '/secrets/', '/deletedsecrets']) {
    assert.equal((await call('GET', path)).text, '{"value":[],"nextLink":null}')
  }
})

test('a page size that is none is refused', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'a')
  const sizes = ['0', '26', '-1', '1.5', '1e1', '', '%20', 'all', '9'.repeat(400)]
  for (const path of LISTS) {
    for (const size of sizes) {
      const target = `${path}?api-version=${VERSION}&maxresults=${size}`
      assertRefused(await door.send('GET', target), {
        status: 400,
        code: 'BadParameter',
        message:
          'Property maxresults has invalid value\r\nIt must be a whole number from 1 to 25.',
      })
    }
  }
})

test('a skip token that is none of ours is refused', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'a')
  const texts = ['null', '{"NextMarker":5}', '{"NextMarker":"../../x","TargetLocation":0}', '\xff']
  const tokens = ['', 'x', '!!', ...texts.map(encoded)]
  for (const path of LISTS) {
    for (const token of tokens) {
      const target = `${path}?api-version=${VERSION}&$skiptoken=${token}`
      assertRefused(await door.send('GET', target), {
        status: 400,
        code: 'BadParameter',
        message:
          'Property $skiptoken has invalid value\r\n' +
          'Take it from the page before as it was given.',
      })
    }
  }
})
