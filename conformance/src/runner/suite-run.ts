import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Machine } from '../machine/machine.ts'
import type { Tally } from './tally.ts'

type Outcome = 'passed' | 'failed' | 'notRun'

const MARKS: Record<Outcome, string> = { passed: 'ok', failed: 'FAILED', notRun: 'not run' }

/**
 * One run of one suite: counts its checks and undoes at the end what the suite set up. A check that
 * fails does not end the suite, so that one report shows everything that is wrong.
 */
export class SuiteRun {
  readonly machine: Machine
  /** A folder of this run alone, removed at the end. */
  readonly folder: string
  readonly #verbose: boolean
  readonly #counts: Record<Outcome, number> = { passed: 0, failed: 0, notRun: 0 }
  readonly #cleanups: (() => Promise<void> | void)[] = []
  #open = true

  constructor(machine: Machine, verbose: boolean) {
    this.machine = machine
    this.#verbose = verbose
    this.folder = mkdtempSync(join(tmpdir(), 'claviger-conformance-'))
    // For a runner that a signal ends; the children have been killed by then.
    process.once('exit', () => this.#removeFolder())
  }

  get tally(): Tally {
    return { ...this.#counts }
  }

  /** Runs one check; what it throws makes it fail. Gives its result, `undefined` when it failed. */
  async step<Result>(
    name: string,
    check: () => Promise<Result> | Result,
  ): Promise<Result | undefined> {
    try {
      const result = await check()
      this.pass(name)
      return result
    } catch (error) {
      this.fail(name, error instanceof Error ? error.message : String(error))
      return undefined
    }
  }

  pass(name: string): void {
    this.#record('passed', name, '')
  }

  fail(name: string, reason: string): void {
    this.#record('failed', name, reason)
  }

  notRun(name: string, reason: string): void {
    this.#record('notRun', name, reason)
  }

  /** Says something worth reading beside the counts, such as what was measured. */
  note(text: string): void {
    if (this.#open) console.log(`    ${text}`)
  }

  /** Registers what has to be undone; the last registered is undone first. */
  onEnd(cleanup: () => Promise<void> | void): void {
    this.#cleanups.push(cleanup)
  }

  /** Undoes what was set up. Whoever reports afterwards belongs to a suite out of its budget. */
  async end(): Promise<void> {
    for (const cleanup of this.#cleanups.splice(0).toReversed()) {
      try {
        await cleanup()
      } catch (error) {
        this.fail('the suite cleans up', error instanceof Error ? error.message : String(error))
      }
    }
    this.#open = false
    this.#removeFolder()
  }

  #removeFolder(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 })
  }

  #record(outcome: Outcome, name: string, reason: string): void {
    if (!this.#open) return
    this.#counts[outcome] += 1
    if (outcome === 'passed' && !this.#verbose) return
    const lines = reason === '' ? '' : `\n      ${reason.replaceAll('\n', '\n      ')}`
    console.log(`  ${MARKS[outcome]}: ${name}${lines}`)
  }
}
