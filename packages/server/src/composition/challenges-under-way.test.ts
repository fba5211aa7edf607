import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HttpChallenges } from '../acme/http-challenges.ts'
import { challengesUnderWay } from './challenges-under-way.ts'

type Told = { readonly token: string; readonly keyAuthorization: string | undefined }

/** A channel whose list arrives when the test says so. */
function channelUnderTest() {
  const list = Promise.withResolvers<ReadonlyMap<string, string>>()
  let hear: ((told: Told) => void) | undefined
  const channel = {
    onNotice: (_kind: string, handle: unknown) => {
      hear = handle as (told: Told) => void // the one notice that is listened to
    },
    request: () => list.promise,
  } as unknown as Parameters<typeof challengesUnderWay>[0] // all that it uses
  return { channel, list, tell: (told: Told): void => hear?.(told) }
}

test('a worker knows the challenges of before it started, and of meanwhile, and none that is over', async () => {
  const { channel, list, tell } = channelUnderTest()
  const primary = new HttpChallenges(tell)
  const challenge = (token: string) => ({ name: 'a.example', token, proof: `${token}.key` })
  const knowing = challengesUnderWay(channel)
  await primary.present(challenge('listed'))
  await primary.present(challenge('over'))
  const listed = new Map(primary.underWay)
  list.resolve(listed)
  // Heard before the list is read, although it was said after.
  await primary.cleanUp(challenge('over'))
  await primary.present(challenge('meanwhile'))
  const known = await knowing
  assert.deepEqual([...known.keys()].toSorted(), ['listed', 'meanwhile'])
  assert.equal(known.get('listed'), 'listed.key')
  await primary.cleanUp(challenge('listed'))
  assert.deepEqual([...known.keys()], ['meanwhile'])
})
