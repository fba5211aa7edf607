import { fileURLToPath } from 'node:url'
import type { BenchMachine } from '../machine/bench-machine.ts'
import { HelperProcess } from '../machine/helper-process.ts'
import { type Cost, microseconds } from './cost.ts'
import type { CeilingAnswer, CeilingPart, CeilingQuestion } from './in-process-process.ts'

const PROGRAM = fileURLToPath(new URL('in-process-process.ts', import.meta.url))

/** Microseconds of processor time, once each, without HTTP and without the rest of the server. */
export interface InProcessCosts {
  /** The check of the request's own signature, where it has one. */
  readonly signature: number
  /** Cryptography with the keys at hand. */
  readonly operation: number
  /** Reads of the store, where the row changes nothing. */
  readonly read: number
  /** A durable commit in groups of 32: of the change and its audit entry, or of the entry alone. */
  readonly commit: number
}

/** The in-process part of the limits, measured on a store of its own in a pinned process. */
export class InProcess {
  readonly #helper: HelperProcess<CeilingQuestion, CeilingAnswer>

  /** @param dataDir a filled data folder that nothing else uses. */
  constructor(machine: BenchMachine, dataDir: string, secrets: number, folder: string) {
    const args = [dataDir, String(secrets)]
    this.#helper = new HelperProcess(machine, 'one core', PROGRAM, args, folder)
  }

  /**
   * Looks at what a row does.
   * @param auditEntry one as the server writes it, `undefined` when the row leaves none behind.
   * @returns in words what its limit consists of.
   */
  async prepare(row: string, auditEntry: string | undefined): Promise<string> {
    const answer = await this.#helper.ask({ kind: 'prepare', row, auditEntry })
    return answer.kind === 'prepared' ? answer.description : ''
  }

  async measure(row: string, seconds: number): Promise<InProcessCosts> {
    return {
      signature: await this.#part(row, 'signature', seconds),
      operation: await this.#part(row, 'operation', seconds),
      read: await this.#part(row, 'read', seconds),
      commit: await this.#part(row, 'commit', seconds),
    }
  }

  stop(): Promise<void> {
    return this.#helper.stop()
  }

  async #part(row: string, part: CeilingPart, seconds: number): Promise<number> {
    const answer = await this.#helper.ask({ kind: 'measure', row, part, seconds })
    const cost: Cost | undefined = answer.kind === 'measured' ? answer.cost : undefined
    return cost === undefined ? 0 : microseconds(cost)
  }
}
