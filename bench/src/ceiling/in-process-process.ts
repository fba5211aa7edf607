// The program of `in-process.ts`.
import { openVault, SoftwareProvider, type Change } from '@claviger/vault'
import { openEmbedded } from '@claviger/server/src/composition/open-embedded.ts'
import { SystemClock } from '@claviger/server/src/composition/system-clock.ts'
import { Reader } from '@claviger/server/src/stores/embedded/reader.ts'
import type { Writer } from '@claviger/server/src/stores/embedded/writer.ts'
import { answerQuestions } from '../machine/answer-questions.ts'
import { secretNames } from '../rows/secret-names.ts'
import { rowNamed } from '../rows.ts'
import { ObservingStore } from '../store/observing-store.ts'
import { storeConfig } from '../store/store-config.ts'
import type { Cost } from './cost.ts'
import { measureCalls, measureGroups } from './measure-calls.ts'
import { cryptAll, describeRow, type ObservedRow, observeRow, readAll } from './observed-row.ts'

export type CeilingPart = 'signature' | 'operation' | 'read' | 'commit'

export type CeilingQuestion =
  | { readonly kind: 'prepare'; readonly row: string; readonly auditEntry: string | undefined }
  | {
      readonly kind: 'measure'
      readonly row: string
      readonly part: CeilingPart
      readonly seconds: number
    }

export type CeilingAnswer =
  | { readonly kind: 'prepared'; readonly description: string }
  | { readonly kind: 'measured'; readonly cost: Cost | undefined }

interface Prepared {
  readonly observed: readonly ObservedRow[]
  readonly signature: (() => unknown) | undefined
  readonly operation: (() => unknown) | undefined
  readonly auditEntry: string | undefined
}

/** Names a row is performed with; enough that no cache of a processor holds their records. */
const SAMPLES = 5000
/** Changes in one commit, as many as there are connections that load the server. */
const GROUP = 32

const [dataDir = '', secrets = '0'] = process.argv.slice(2)
const opened = await openEmbedded(storeConfig(dataDir))
const seal = opened.unsealed.keyring
const reader = Reader.open(dataDir)
const observing = new ObservingStore(opened.store)
const provider = await SoftwareProvider.open()
const vault = openVault({ store: observing, seal, clock: new SystemClock(), provider })
const prepared = new Map<string, Prepared>()

async function answer(question: CeilingQuestion): Promise<CeilingAnswer> {
  if (question.kind === 'prepare') {
    const row = rowNamed(question.row)
    const names = secretNames(Number(secrets)).sample(row.samples ?? SAMPLES)
    const observed = await observeRow(row, names, vault, observing, seal)
    const operation = await row.operation?.()
    const signature = row.signature?.()
    const { auditEntry } = question
    prepared.set(row.name, { observed, signature, operation, auditEntry })
    const [first] = observed
    const description = first === undefined ? '' : describeRow(first, operation !== undefined)
    return { kind: 'prepared', description }
  }
  const found = prepared.get(question.row)
  if (found === undefined) throw new Error(`${question.row} was not prepared`)
  return { kind: 'measured', cost: await measure(found, question.part, question.seconds) }
}

async function measure(
  { observed, signature, operation, auditEntry }: Prepared,
  part: CeilingPart,
  seconds: number,
): Promise<Cost | undefined> {
  const [first] = observed
  if (first === undefined) return undefined
  const next = cycle(observed)
  const reads = first.keys.length + first.lists.length > 0
  switch (part) {
    case 'signature':
      return signature && measureCalls(signature, seconds)
    case 'operation':
      return measureCalls(operation ?? (() => cryptAll(next(), seal)), seconds)
    case 'read': {
      // A change is decided by its checks: what it reads before is no part of its limit.
      if (first.change !== undefined || !reads) return undefined
      return measureCalls(() => readAll(next(), reader), seconds)
    }
    case 'commit': {
      const audit = auditEntry === undefined ? [] : [auditEntry]
      if (first.change === undefined && audit.length === 0) return undefined
      const change = (): Change =>
        next().change?.next(audit) ?? { checks: [], puts: [], deletes: [], audit }
      const group = (): readonly Change[] => Array.from({ length: GROUP }, change)
      return measureGroups(group, (changes) => commitTogether(changes, opened.writer), seconds)
    }
  }
}

/** All handed over in one turn of the event loop, so that they are one group of the writer. */
function commitTogether(changes: readonly Change[], to: Writer): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = changes.length
    for (const change of changes) {
      to.submit(change, (thrown) => {
        if (thrown !== undefined) reject(thrown)
        open -= 1
        if (open === 0) resolve()
      })
    }
  })
}

function cycle<Item>(items: readonly Item[]): () => Item {
  let index = 0
  return () => {
    const item = items[index % items.length]
    index += 1
    if (item === undefined) throw new RangeError('there is nothing to go through')
    return item
  }
}

answerQuestions(answer, async () => {
  reader.close()
  await opened.close()
})
