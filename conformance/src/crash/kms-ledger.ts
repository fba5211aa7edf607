import { NoAnswer } from '../server/https-client.ts'
import type { KmsAnswer } from '../server/raw-kms.ts'
import type { KmsChange, KmsClient, KmsNoun, KmsState } from './kms-noun.ts'
import { newRequestId } from './kms-request-id.ts'
import type { Acknowledged, LedgerReport } from './ledger.ts'
import type { Observer } from './observer.ts'
import type { Load } from './writer.ts'

interface Pending {
  readonly change: KmsChange
  readonly requestId: string
}

const WRITERS = 3
/** Everything of an object is read at the end, so none may have much. */
const CHANGES_OF_EACH = 6
/** What is said of a request that was on its way while the server started. */
const SIGNED_BEFORE_THE_START = 'InvalidTimeStamp.Expired'

/**
 * The same promises as `Ledger` keeps, of what is written over the shared gateway of Alibaba Cloud
 * KMS: what was acknowledged is there, and a change in doubt has happened wholly or not at all.
 */
export class KmsLedger implements LedgerReport {
  readonly noun: KmsNoun
  readonly acknowledged: Acknowledged[] = []
  readonly unapplied: string[] = []
  readonly violations: string[] = []
  inDoubt = 0
  hung = 0
  readonly #states = new Map<string, KmsState>()
  readonly #changes = new Map<string, number>()
  readonly #pending = new Map<string, Pending>()
  readonly #touched = new Set<string>()
  /** The object that each writer is at. */
  readonly #turns: number[] = Array.from({ length: WRITERS }, () => 0)

  constructor(noun: KmsNoun) {
    this.noun = noun
  }

  /** Starts writers; each ends by itself at the first change that is not acknowledged. */
  startLoad(kms: KmsClient, canary: string): Load {
    const stopping = new AbortController()
    const write = async (writer: number): Promise<void> => {
      while (!stopping.signal.aborted) {
        if (!(await this.#change(this.#nextName(writer), kms, canary))) return
      }
    }
    const writers = this.#turns.map((_, writer) => write(writer))
    return {
      async stop() {
        stopping.abort()
        await Promise.all(writers)
      },
    }
  }

  /** Compares the objects changed since the last time, or all, with what the server has. */
  async settle(kms: KmsClient, observer: Observer, which: 'touched' | 'all'): Promise<void> {
    const names = which === 'all' ? [...this.#states.keys()] : [...this.#touched]
    this.#touched.clear()
    await Promise.all(names.map((name) => this.#settle(name, kms, observer)))
  }

  #nextName(writer: number): string {
    const turn = this.#turns[writer] ?? 0
    const name = `kms-crash-${writer}-${turn}`
    if ((this.#changes.get(name) ?? 0) < CHANGES_OF_EACH) return name
    this.#turns[writer] = turn + 1
    return `kms-crash-${writer}-${turn + 1}`
  }

  /** Tells whether it was acknowledged. */
  async #change(name: string, kms: KmsClient, canary: string): Promise<boolean> {
    const state = this.#states.get(name) ?? {}
    this.#states.set(name, state)
    const change = this.noun.nextChange(name, state, canary)
    const requestId = newRequestId()
    this.#touched.add(name)
    this.#pending.set(name, { change, requestId })
    const answer = await this.#ask(kms, change, requestId)
    if (answer?.status === 200) {
      const [first, then] = change.operationNames
      const operationName = then === undefined ? first : `${first},${then}`
      this.#happened(name, change, { operationName, requestId })
      this.noun.answered?.(name, answer.body)
      return true
    }
    if (answer?.code === SIGNED_BEFORE_THE_START) {
      // Refused before anything was looked at: if it has happened all the same, that is a violation.
      this.unapplied.push(requestId)
      this.#pending.delete(name)
      return false
    }
    this.inDoubt += 1
    if (answer !== undefined && !mayBe(answer)) {
      const { status, code, message } = answer
      this.violations.push(`${change.action} of ${name} was answered ${status} ${code}: ${message}`)
    }
    return false
  }

  async #ask(
    kms: KmsClient,
    { action, parameters }: KmsChange,
    requestId: string,
  ): Promise<KmsAnswer | undefined> {
    try {
      return await kms.acs3({ action, parameters, changed: { 'user-agent': requestId } })
    } catch (error) {
      if (error instanceof NoAnswer) this.hung += 1
      return undefined
    }
  }

  async #settle(name: string, kms: KmsClient, observer: Observer): Promise<void> {
    const pending = this.#pending.get(name)
    const before = this.#states.get(name) ?? {}
    try {
      const found = await this.noun.read(name, kms, observer)
      if (pending !== undefined && isSame(found, pending.change.after)) {
        const [operationName, perhapsThen] = pending.change.operationNames
        const { requestId } = pending
        const then = perhapsThen === undefined ? {} : { perhapsThen }
        this.#happened(name, pending.change, { operationName, requestId, ...then })
      } else if (isSame(found, before)) {
        if (pending !== undefined) this.unapplied.push(pending.requestId)
        this.#pending.delete(name)
      } else {
        const doubt = pending === undefined ? '' : `, with ${pending.change.action} in doubt`
        throw new Error(
          `it is not as acknowledged (${Object.keys(before).join()}${doubt}), ` +
            `it has ${Object.keys(found).join()}`,
        )
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.violations.push(`${this.noun.collection}/${name}: ${reason}`)
    }
  }

  #happened(name: string, { after }: KmsChange, acknowledged: Acknowledged): void {
    this.acknowledged.push(acknowledged)
    this.#states.set(name, after)
    this.#changes.set(name, (this.#changes.get(name) ?? 0) + 1)
    this.#pending.delete(name)
  }
}

/** Answers after which a change may have happened or not. */
function mayBe({ status }: KmsAnswer): boolean {
  return status === 503 || status === 429
}

function isSame(one: KmsState, other: KmsState): boolean {
  const sorted = (state: KmsState): string =>
    JSON.stringify(Object.entries(state).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return sorted(one) === sorted(other)
}
