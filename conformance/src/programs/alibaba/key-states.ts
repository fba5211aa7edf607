import assert from 'node:assert/strict'
import { step, variable } from '../step.ts'
import { type Parameters, refused } from './generic-client.ts'
import { call, createKey, describe, own } from './key-calls.ts'

// What each state of a key lets be done with it: every cell of the reference's table.

const canary = variable('CANARY')

type State = 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport'

async function keyIn(state: State): Promise<string> {
  const KeyId = await createKey(state === 'PendingImport' ? { Origin: 'EXTERNAL' } : {})
  if (state === 'Disabled') await call('DisableKey', { KeyId })
  if (state === 'PendingDeletion')
    await call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
  assert.equal((await describe(KeyId))['KeyState'], state)
  return KeyId
}

const OK = 'ok'
const MODIFIED = 'Rejected.StateModifiedFailed'
const DELETED = 'Rejected.PendingDeletion'

/** In the order Enabled, Disabled, PendingDeletion, PendingImport. */
type Row = readonly [
  enabled: string,
  disabled: string,
  pendingDeletion: string,
  pendingImport: string,
]

const STATES: readonly State[] = ['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport']
const USE: Row = [OK, 'Rejected.Disabled', DELETED, 'Rejected.PendingImport']
const CHANGE: Row = [OK, OK, DELETED, OK]
const ALWAYS: Row = [OK, OK, OK, OK]

/** What each state lets be done: `ok`, the state that it leads to, or the code of the refusal. */
const TABLE: Readonly<Record<string, readonly [row: Row, parameters?: Parameters]>> = {
  Encrypt: [USE, { Plaintext: canary }],
  GenerateDataKey: [USE],
  GenerateDataKeyWithoutPlaintext: [USE],
  EnableKey: [['Enabled', 'Enabled', MODIFIED, MODIFIED]],
  DisableKey: [['Disabled', 'Disabled', MODIFIED, MODIFIED]],
  ScheduleKeyDeletion: [
    ['PendingDeletion', 'PendingDeletion', MODIFIED, 'PendingDeletion'],
    { PendingWindowInDays: 366 },
  ],
  CancelKeyDeletion: [[MODIFIED, MODIFIED, 'Enabled', MODIFIED]],
  UpdateKeyDescription: [CHANGE, { Description: 'changed' }],
  TagResource: [CHANGE, { Tags: '[{"TagKey":"k","TagValue":"v"}]' }],
  UntagResource: [CHANGE, { TagKeys: '["k"]' }],
  CreateAlias: [[OK, OK, MODIFIED, OK]],
  DescribeKey: [ALWAYS],
  ListKeyVersions: [ALWAYS],
  ListAliasesByKeyId: [ALWAYS],
  ListResourceTags: [ALWAYS],
}

for (const [action, [row, parameters = {}]] of Object.entries(TABLE)) {
  await step(`${action} does what each state of a key allows`, async () => {
    for (const [index, state] of STATES.entries()) {
      const outcome = row[index] ?? OK
      const KeyId = await keyIn(state)
      const alias = action === 'CreateAlias' ? { AliasName: `alias/${own}/${state}` } : {}
      const asked = call(action, { KeyId, ...alias, ...parameters })
      if (outcome.startsWith('Rejected.')) await refused(asked, outcome, 409)
      else await asked
      const after = outcome === OK || outcome.startsWith('Rejected.') ? state : outcome
      assert.equal((await describe(KeyId))['KeyState'], after, `${action} of a key ${state}`)
    }
  })
}

await step('CreateKeyVersion and UpdateRotationPolicy want a key in use', async () => {
  for (const state of ['Disabled', 'PendingDeletion', 'PendingImport'] as const) {
    const KeyId = await keyIn(state)
    await refused(call('CreateKeyVersion', { KeyId }), `Rejected.${state}`, 409)
    const policy = { KeyId, EnableAutomaticRotation: true, RotationInterval: '30d' }
    await refused(call('UpdateRotationPolicy', policy), `Rejected.${state}`, 409)
  }
})

await step('UpdateAlias checks the key that it is moved to', async () => {
  const AliasName = `alias/${own}/moved`
  await call('CreateAlias', { KeyId: await createKey(), AliasName })
  for (const state of ['Disabled', 'PendingImport'] as const) {
    await call('UpdateAlias', { KeyId: await keyIn(state), AliasName })
  }
  const deleted = { KeyId: await keyIn('PendingDeletion'), AliasName }
  await refused(call('UpdateAlias', deleted), 'Rejected.PendingDeletion', 409)
  const absent = { KeyId: await createKey(), AliasName: `alias/${own}/absent` }
  await refused(call('UpdateAlias', absent), 'Forbidden.AliasNotFound', 404)
  await refused(call('DeleteAlias', absent), 'Forbidden.AliasNotFound', 404)
})

console.log('done')
