import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import type { KmsClient } from '@claviger/client/alibaba'
import { step, variable } from '../programs/step.ts'
import { kms, kmsConfig } from './clients.ts'

// The calls that the vendor's Python client has made at the instance, made again with ours: each
// must give the same but for what is new in each call. Then ours encrypts, for the other to open.

type Members = Readonly<Record<string, unknown>>

interface RecordedCall {
  readonly action: string
  /** By the names of the wire. */
  readonly request: Members
  readonly answer?: Members
  readonly refused?: Members
  readonly encoding?: string
  readonly low?: boolean
}

const path = variable('RESULTS_FILE')
// Written by the other program a moment ago.
const calls = JSON.parse(readFileSync(path, 'utf8')) as readonly RecordedCall[]

function clientOf({ encoding, low }: Pick<RecordedCall, 'encoding' | 'low'>): KmsClient {
  return kms({
    kmsConfig: {
      ...kmsConfig,
      ...(encoding === undefined ? {} : { encoding }),
      forceLowVersionCryptoTransfer: low === true,
    },
  })
}

/** Names of the wire as those of this language. */
function members(wire: unknown): unknown {
  if (Array.isArray(wire)) return wire.map(members)
  if (typeof wire !== 'object' || wire === null) return wire
  return Object.fromEntries(
    Object.entries(wire)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [
        name.charAt(0).toLowerCase() + name.slice(1),
        name === 'EncryptionContext' ? value : members(value),
      ]),
  )
}

/** What is another in each call; of it the kind and length are the same. */
const NEW: ReadonlySet<string> = new Set(['requestId', 'ciphertextBlob'])
/** Where the action makes it. */
const MADE: ReadonlySet<string> = new Set(['GenerateDataKey'])

function steady(action: string, answer: unknown): unknown {
  const entries = Object.entries(Object(answer)).map(([name, value]) => {
    const isNew = NEW.has(name) || (name === 'plaintext' && MADE.has(action))
    return [name, isNew && typeof value === 'string' ? `${value.length} characters` : value]
  })
  return Object.fromEntries(entries)
}

for (const [at, call] of calls.entries()) {
  await step(`call ${at + 1}, ${call.action}`, async () => {
    const asked = clientOf(call).callApi(call.action, Object(members(call.request)))
    if (call.refused !== undefined) {
      await assert.rejects(asked, { code: call.refused['code'], message: call.refused['message'] })
      return
    }
    const { body } = await asked
    const wanted = Object(steady(call.action, members(call.answer)))
    const got = Object(steady(call.action, body))
    // Of a decryption only the text was kept.
    const compared = call.action === 'Decrypt' ? Object.keys(wanted) : Object.keys(got)
    for (const name of compared) assert.deepEqual(got[name], wanted[name], name)
    assert.deepEqual(Object.keys(wanted).filter((name) => !(name in got)), [])
  })
}

await step('ours encrypts, for the other to open', async () => {
  const keyId = calls.find(({ action }) => action === 'Encrypt')?.answer?.['KeyId']
  assert.ok(typeof keyId === 'string')
  const context = { b: '2', a: '1', 'größe': '密' }
  const made = []
  for (const [encoding, bound, low] of [
    ['utf-8', undefined, false],
    ['utf-8', context, false],
    ['gbk', undefined, false],
    ['gbk', undefined, true],
    ['utf-8', undefined, true],
  ] as const) {
    const plaintext = `${variable('CANARY')} 密钥`
    const request = { keyId, plaintext, ...(bound && { encryptionContext: bound }) }
    const { body } = await clientOf({ encoding, low }).encrypt(request)
    const what = `${encoding}, ${bound ? 'a context' : 'no context'}, ${low ? 'older' : 'newer'}`
    const blob = body.ciphertextBlob
    made.push({ what, encoding, low, context: bound ?? null, plaintext, blob })
  }
  writeFileSync(path, JSON.stringify(made))
})

console.log('done')
