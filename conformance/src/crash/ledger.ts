import type { RawAnswer } from '../server/https-client.ts'
import type { Change } from './change.ts'
import { matches } from './matches.ts'
import type { Observer } from './observe.ts'
import { ABSENT, type SecretState } from './secret-state.ts'

/** A change that the server has acknowledged; the audit log must have it. */
export interface Acknowledged {
  readonly operationName: string
  readonly requestId: string
}

interface Pending {
  readonly change: Change
  readonly requestId: string
  /** Answered by the server itself with a fault that says nothing about whether it happened. */
  readonly inDoubt: boolean
}

const WRITERS = 12
const SECRETS_PER_WRITER = 5

/**
 * What every secret must be by all that was acknowledged, and which changes are in doubt: asked
 * for, but the connection ended or the server was failing. A change in doubt may have happened or
 * not, wholly, and its audit entry with it.
 */
export class Ledger {
  /** The names of each writer; nobody else changes them, so that each knows what must be there. */
  readonly shares: readonly (readonly string[])[]
  readonly acknowledged: Acknowledged[] = []
  /** Request ids of changes in doubt that turned out not to have happened. */
  readonly unapplied: string[] = []
  /** What must never be; each a sentence. */
  readonly violations: string[] = []
  inDoubt = 0
  readonly #states = new Map<string, SecretState>()
  readonly #pending = new Map<string, Pending>()
  readonly #touched = new Set<string>()

  constructor() {
    this.shares = Array.from({ length: WRITERS }, (_, writer) =>
      Array.from({ length: SECRETS_PER_WRITER }, (_, index) => `crash-${writer}-${index}`),
    )
    for (const name of this.shares.flat()) this.#states.set(name, ABSENT)
  }

  get names(): readonly string[] {
    return this.shares.flat()
  }

  state(name: string): SecretState {
    return this.#states.get(name) ?? ABSENT
  }

  isSettled(name: string): boolean {
    return !this.#pending.has(name)
  }

  asked(name: string, change: Change, requestId: string): void {
    this.#touched.add(name)
    this.#pending.set(name, { change, requestId, inDoubt: false })
  }

  /** @param answer `undefined` when none came. */
  answered(name: string, answer: RawAnswer | undefined): void {
    const pending = this.#pending.get(name)
    if (pending === undefined) return
    const { change, requestId } = pending
    const { operationName } = change
    if (answer !== undefined && answer.status < 300) {
      this.#pending.delete(name)
      this.#states.set(name, change.after(versionIn(answer)))
      this.acknowledged.push({ operationName, requestId })
      return
    }
    this.inDoubt += 1
    this.#pending.set(name, { ...pending, inDoubt: true })
    if (answer === undefined || answer.status === 503 || answer.status === 429) return
    const where = `${operationName} of ${name}`
    this.violations.push(`${where} was answered ${answer.status}: ${answer.body.slice(0, 200)}`)
  }

  /** Compares the secrets changed since the last time, or all, with what the server has. */
  async settle(observer: Observer, which: 'touched' | 'all'): Promise<void> {
    const names = which === 'all' ? this.names : [...this.#touched]
    this.#touched.clear()
    await Promise.all(names.map((name) => this.#settle(name, observer)))
  }

  async #settle(name: string, observer: Observer): Promise<void> {
    const pending = this.#pending.get(name)
    const before = this.state(name)
    try {
      const observed = await observer.secret(name)
      const unchanged = matches(observed, before)
      const changed = pending && matches(observed, pending.change.after(undefined))
      const now = changed ?? unchanged
      if (now === undefined) {
        const doubt = pending === undefined ? '' : `, with ${pending.change.operationName} in doubt`
        throw new Error(`it is neither as acknowledged (${shown(before)}${doubt}), ` +
          `it is ${observed.standing} with ${observed.versions.size} versions`)
      }
      this.#states.set(name, now)
      if (pending !== undefined && changed === undefined) this.unapplied.push(pending.requestId)
      if (pending !== undefined && changed !== undefined) {
        this.acknowledged.push({
          operationName: pending.change.operationName,
          requestId: pending.requestId,
        })
      }
      this.#pending.delete(name)
    } catch (error) {
      this.violations.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}

function shown({ standing, versions }: SecretState): string {
  return `${standing} with ${versions.length} versions`
}

/** The version that a bundle names: `https://host/secrets/name/version`. */
function versionIn({ body }: RawAnswer): string | undefined {
  return /"id":"https:[^"]*\/secrets\/[^"/]+\/([0-9a-f]{32})"/.exec(body)?.[1]
}
