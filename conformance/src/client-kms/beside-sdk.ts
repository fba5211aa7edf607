import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import * as sdk from '@alicloud/kms20160120'
import { KMS_ACTIONS, type SharedSignature } from '@claviger/client/alibaba'
import { kmsClient } from '../programs/alibaba/kms-client.ts'
import { step, variable } from '../programs/step.ts'
import { config } from './clients.ts'
import type { Answer, Request } from './script.ts'
import { ourTranscript, transcript } from './transcript.ts'

// One script of calls, made with the official client and with ours, each on objects of its own.
// What each call gave, or how it was refused, must be the same but for what is new in each run.

const value = variable('CANARY')

const official = kmsClient()

function askOfficial(action: string, request: Request): Promise<unknown> {
  const name = `${action.charAt(0).toUpperCase()}${action.slice(1)}Request`
  const classes = sdk as unknown as Record<string, new (members: Request) => unknown>
  const methods = official as unknown as Record<string, (request: unknown) => Promise<unknown>>
  const Class = classes[name]
  const method = methods[action]
  assert.ok(method, `the official client has no ${action}`)
  return method.call(official, Class === undefined ? undefined : new Class(request))
}

function refusalOfficial(error: unknown): unknown {
  const { code, data } = error as { readonly code?: string; readonly data?: Answer }
  return { code: code?.replace(/Error$/, ''), message: data?.['Message'] }
}

const own = (who: string): string => `${who}-${randomBytes(4).toString('hex')}`
const theirs = await transcript({ own: own('sdk'), value }, askOfficial, refusalOfficial)
writeFileSync('outcomes.json', JSON.stringify(theirs))

await step('every action of the official client is called, and most succeed', async () => {
  const called = new Set(theirs.map(({ action }) => action))
  const has = (action: string): boolean => action in official
  const actions = KMS_ACTIONS.map((name) => name.charAt(0).toLowerCase() + name.slice(1))
  assert.deepEqual(actions.filter((action) => has(action) && !called.has(action)), [])
  const succeeded = new Set(theirs.flatMap((one) => ('answer' in one ? [one.action] : [])))
  assert.deepEqual([...called].filter((action) => !succeeded.has(action)), [])
})

const SIGNATURES: readonly SharedSignature[] = ['ACS3-HMAC-SHA256', 'HMAC-SHA1', 'HMAC-SHA256']
for (const signatureAlgorithm of SIGNATURES) {
  const ours = await ourTranscript({ own: own('own'), value }, { ...config, signatureAlgorithm })
  await step(`${signatureAlgorithm}: as many calls`, async () => {
    assert.equal(ours.length, theirs.length)
  })
  for (const [at, outcome] of theirs.entries()) {
    await step(`${signatureAlgorithm}: call ${at + 1}, ${outcome.action}`, async () => {
      const same = ours[at]
      assert.equal(same?.action, outcome.action)
      assert.deepEqual(same?.refused, outcome.refused)
      // The official client drops members that it does not know.
      assert.partialDeepStrictEqual(same?.answer ?? {}, outcome.answer ?? {})
    })
  }
}

console.log('done')
