import type { RawAnswer } from '../server/https-client.ts'
import { objectOf } from '../server/json.ts'
import { matches } from './matches.ts'
import type { Change, Noun } from './noun.ts'
import { ABSENT, type Identified, type ObjectState } from './object-state.ts'
import { observe } from './observe.ts'
import type { Observer } from './observer.ts'

/** A change that the server has acknowledged; the audit log must have it. */
export interface Acknowledged {
  readonly operationName: string
  readonly requestId: string
  /** Another operation of the same request, which may be missing where its answer was. */
  readonly perhapsThen?: string
}

/** What a suite asks of every ledger. */
export interface LedgerReport {
  readonly noun: { readonly collection: string }
  readonly acknowledged: readonly Acknowledged[]
  readonly unapplied: readonly string[]
  readonly violations: readonly string[]
  readonly inDoubt: number
  readonly hung: number
}

interface Pending<Version> {
  readonly change: Change<Version>
  readonly requestId: string
}

/**
 * What every object must be by all that was acknowledged, and which changes are in doubt: asked
 * for, but the connection ended or the server was failing. A change in doubt may have happened or
 * not, wholly, and its audit entry with it.
 */
export class Ledger<Version extends Identified> {
  readonly noun: Noun<Version>
  readonly acknowledged: Acknowledged[] = []
  /** Request ids of changes in doubt that turned out not to have happened. */
  readonly unapplied: string[] = []
  /** What must never be; each a sentence. */
  readonly violations: string[] = []
  inDoubt = 0
  /** Requests whose connection stood while no answer came. */
  hung = 0
  readonly #states = new Map<string, ObjectState<Version>>()
  readonly #pending = new Map<string, Pending<Version>>()
  readonly #touched = new Set<string>()

  constructor(noun: Noun<Version>) {
    this.noun = noun
  }

  get names(): readonly string[] {
    return this.noun.shares.flat()
  }

  state(name: string): ObjectState<Version> {
    return this.#states.get(name) ?? ABSENT
  }

  isSettled(name: string): boolean {
    return !this.#pending.has(name)
  }

  asked(name: string, change: Change<Version>, requestId: string): void {
    this.#touched.add(name)
    this.#pending.set(name, { change, requestId })
  }

  /** @param answer `undefined` when none came. */
  answered(name: string, answer: RawAnswer | undefined): void {
    const pending = this.#pending.get(name)
    if (pending === undefined) return
    const { change, requestId } = pending
    const { operationName } = change
    const where = `${operationName} of ${name}`
    if (answer !== undefined && answer.status < 300) {
      this.#pending.delete(name)
      this.acknowledged.push({ operationName, requestId })
      try {
        this.#states.set(name, change.after(bodyOf(answer)))
      } catch (error) {
        this.violations.push(`${where}: ${error instanceof Error ? error.message : String(error)}`)
      }
      return
    }
    this.inDoubt += 1
    if (answer === undefined || answer.status === 503 || answer.status === 429) return
    this.violations.push(`${where} was answered ${answer.status}: ${answer.body.slice(0, 200)}`)
  }

  /** Compares the objects changed since the last time, or all, with what the server has. */
  async settle(observer: Observer, which: 'touched' | 'all'): Promise<void> {
    const names = which === 'all' ? this.names : [...this.#touched]
    this.#touched.clear()
    await Promise.all(names.map((name) => this.#settle(name, observer)))
  }

  async #settle(name: string, observer: Observer): Promise<void> {
    const pending = this.#pending.get(name)
    const before = this.state(name)
    try {
      const observed = await observe(observer, this.noun, name)
      const unchanged = matches(this.noun, observed, before)
      const changed = pending && matches(this.noun, observed, pending.change.after(undefined))
      const now = changed ?? unchanged
      if (now === undefined) {
        const doubt = pending === undefined ? '' : `, with ${pending.change.operationName} in doubt`
        throw new Error(
          `it is not as acknowledged (${shown(before)}${doubt}), ` +
            `it is ${observed.standing} with ${observed.versions.size} versions`,
        )
      }
      this.#states.set(name, now)
      if (pending !== undefined) {
        this.#decide(pending, changed !== undefined, unchanged !== undefined)
      }
      this.#pending.delete(name)
    } catch (error) {
      const { collection } = this.noun
      const reason = error instanceof Error ? error.message : String(error)
      this.violations.push(`${collection}/${name}: ${reason}`)
    }
  }

  /** What is known now of a change that was in doubt. */
  #decide({ change, requestId }: Pending<Version>, happened: boolean, didNot: boolean): void {
    // A use of a key leaves nothing by which to tell.
    if (happened && didNot) return
    if (happened) this.acknowledged.push({ operationName: change.operationName, requestId })
    else this.unapplied.push(requestId)
  }
}

function shown({ standing, versions }: ObjectState<unknown>): string {
  return `${standing} with ${versions.length} versions`
}

function bodyOf({ body }: RawAnswer): ReturnType<typeof objectOf> {
  return objectOf(body === '' ? {} : JSON.parse(body))
}
