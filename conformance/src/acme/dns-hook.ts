import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SuiteRun } from '../runner/suite-run.ts'
import type { ChallengeNames } from './challenge-names.ts'

/** One call of the hook. */
export interface HookCall {
  readonly args: readonly string[]
  readonly variables: readonly string[]
}

/** A hook program as an operator would write one: it sets TXT records, and notes how it was called. */
export class DnsHook {
  readonly path: string
  readonly #calls: string
  readonly #held: string

  constructor(run: SuiteRun, { management }: ChallengeNames) {
    this.path = join(run.folder, 'dns-hook')
    this.#calls = join(run.folder, 'dns-hook-calls')
    this.#held = join(run.folder, 'dns-hook-held')
    writeFileSync(this.#calls, '')
    const program = `#!${run.machine.runtime}
const { appendFileSync, existsSync } = require('node:fs')
const [word, name, value] = process.argv.slice(2)
const call = { args: [word, name, value], variables: Object.keys(process.env) }
appendFileSync(${JSON.stringify(this.#calls)}, JSON.stringify(call) + '\\n')
const path = word === 'present' ? '/set-txt' : '/clear-txt'
const act = () => {
  if (existsSync(${JSON.stringify(this.#held)})) return setTimeout(act, 50)
  fetch(${JSON.stringify(management)} + path, {
    method: 'POST',
    body: JSON.stringify({ host: name + '.', value }),
  }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))
}
act()
`
    writeFileSync(this.path, program, { mode: 0o700 })
  }

  /** From now on it notes its calls and then waits, as one does whose name server is slow. */
  hold(): void {
    writeFileSync(this.#held, '')
  }

  release(): void {
    rmSync(this.#held, { force: true })
  }

  get calls(): readonly HookCall[] {
    const lines = readFileSync(this.#calls, 'utf8').split('\n')
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as HookCall)
  }
}
