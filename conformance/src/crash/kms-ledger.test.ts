import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HttpsClient } from '../server/https-client.ts'
import { type JsonObject, objectOf } from '../server/json.ts'
import type { KmsAnswer, KmsRequest } from '../server/raw-kms.ts'
import { KmsLedger } from './kms-ledger.ts'
import type { KmsClient, KmsNoun, KmsState } from './kms-noun.ts'
import { Observer } from './observer.ts'

/** Counts; each change is a request with the number that is to be there. */
const COUNTERS: KmsNoun = {
  collection: 'counters',
  nextChange(name, { count = '0' }) {
    const after = { count: String(Number(count) + 1) }
    return {
      action: 'Count',
      parameters: { name, ...after },
      operationNames: ['CounterCount', 'CounterGet'],
      after,
    }
  },
  async read(name, kms) {
    return stateOf((await kms.acs3({ action: 'Read', parameters: { name } })).body)
  },
}

/** A server that answers `acknowledges` changes and then loses what it was asked, or its answer. */
function serverUnderTest(acknowledges: number, happensUnanswered: boolean) {
  const counts = new Map<string, KmsState>()
  let answered = 0
  const kms: KmsClient = {
    async acs3({ action, parameters = {} }: KmsRequest) {
      const { name = '', count = '' } = parameters
      if (action === 'Read') return answer(counts.get(name) ?? {})
      answered += 1
      if (answered <= acknowledges || happensUnanswered) counts.set(name, { count })
      if (answered > acknowledges) throw new Error('the connection has ended')
      return answer({})
    },
  }
  return { kms, counts }
}

function answer(body: JsonObject): KmsAnswer {
  const raw = { status: 200, headers: {}, body: '' }
  return { status: 200, code: '', message: '', body, raw }
}

function stateOf(body: JsonObject): KmsState {
  const { count } = objectOf(body)
  return typeof count === 'string' ? { count } : {}
}

const NOBODY = new Observer(new HttpsClient({ host: '', port: 0, ca: '', connections: 1 }), '')

async function ledgerAfter(kms: KmsClient, changes: () => void = () => {}): Promise<KmsLedger> {
  const ledger = new KmsLedger(COUNTERS)
  const load = ledger.startLoad(kms, 'canary')
  // The writers end by themselves, at the first answer that does not come.
  await load.stop()
  changes()
  await ledger.settle(kms, NOBODY, 'all')
  return ledger
}

test('A change whose answer was lost is told from one that was lost itself.', async () => {
  const happened = await ledgerAfter(serverUnderTest(0, true).kms)
  assert.deepEqual([happened.inDoubt, happened.unapplied.length, happened.violations], [3, 0, []])
  for (const { operationName, perhapsThen } of happened.acknowledged) {
    assert.deepEqual([operationName, perhapsThen], ['CounterCount', 'CounterGet'])
  }
  const lost = await ledgerAfter(serverUnderTest(0, false).kms)
  assert.deepEqual([lost.acknowledged.length, lost.unapplied.length, lost.violations], [0, 3, []])
})

test('A change that was refused as signed before the start has not happened, or that is a violation.', async () => {
  for (const happens of [false, true]) {
    const { kms } = serverUnderTest(0, happens)
    const refusing: KmsClient = {
      async acs3(request) {
        if (request.action === 'Read') return await kms.acs3(request)
        await kms.acs3(request).catch(() => undefined)
        return { ...answer({}), status: 400, code: 'InvalidTimeStamp.Expired' }
      },
    }
    const ledger = await ledgerAfter(refusing)
    assert.deepEqual([ledger.inDoubt, ledger.unapplied.length], [0, 3])
    assert.equal(ledger.violations.length, happens ? 3 : 0)
  }
})

test('An acknowledged change that is not there, or is another, is a violation.', async () => {
  for (const found of [{}, { count: '7' }]) {
    const { kms, counts } = serverUnderTest(3, false)
    const ledger = await ledgerAfter(kms, () => {
      for (const name of counts.keys()) counts.set(name, found)
    })
    assert.equal(ledger.violations.length, 3)
  }
})
