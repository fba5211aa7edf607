import type { BenchMachine } from './machine/bench-machine.ts'
import type { BenchOptions } from './options.ts'
import type { Signers } from './rows/signers.ts'

/** What every measurement is given. */
export interface BenchRun {
  readonly machine: BenchMachine
  readonly options: BenchOptions
  /** A folder for temporary files, removed at the end. */
  readonly folder: string
  /** A filled data folder, to be copied and never used itself. */
  readonly filled: string
  /** Secrets in it. */
  readonly secrets: number
  /** Whom the filled store knows, and what they sign with. */
  readonly signers: Signers
}
