import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { searchPath } from '../machine/find-program.ts'
import { azProgram } from '../machine/prepare-python.ts'
import { REPOSITORY } from '../machine/repository.ts'
import type { ProgramResult } from '../machine/run-program.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { runClient } from '../server/run-client.ts'
import type { TestServer } from '../server/test-server.ts'

/** What a command wrote to its standard output; `undefined` when it wrote nothing. */
export type AzOutput = unknown

/** Members that an output has to have, or what looks at it. */
export type Expected = object | ((output: AzOutput) => void)

/** What az says of itself when something is wrong with it and not with what it was asked for. */
const CRASHED = /The command failed with an unexpected error|Traceback \(most recent call last\)/

const LIMIT_SECONDS = 120

/**
 * The command line of Azure as one person on one machine has it: what it remembers is in a folder
 * of its own. Every command is one check, named by its words.
 */
export class Az {
  readonly run: SuiteRun
  readonly server: TestServer
  readonly #python: string
  readonly #folder: string
  readonly #who: string

  /** @param who whose it is, for the names of checks and the folder. */
  constructor(run: SuiteRun, server: TestServer, python: string, who: string) {
    this.run = run
    this.server = server
    this.#python = python
    this.#who = who
    this.#folder = join(run.folder, 'az', who)
    mkdirSync(this.#folder, { recursive: true })
  }

  /** The az of somebody else, at the same server. */
  beside(who: string): Az {
    return new Az(this.run, this.server, this.#python, who)
  }

  /** What a program needs to use what this az is logged in with. */
  get variables(): Readonly<Record<string, string>> {
    return {
      AZURE_CONFIG_DIR: this.#folder,
      AZURE_CORE_COLLECT_TELEMETRY: 'no',
      // Nothing else speaks of a newer version, or colours what it says.
      AZURE_CORE_NO_COLOR: 'yes',
      AZURE_CORE_ONLY_SHOW_ERRORS: 'yes',
    }
  }

  /** Where az is. */
  get program(): string {
    return azProgram(this.#python)
  }

  /** Runs a command; it may fail. */
  async execute(
    args: readonly string[],
    variables: Readonly<Record<string, string>> = {},
  ): Promise<ProgramResult> {
    return await this.#client([this.program, ...args], variables)
  }

  /** Names a text of an output as one that must be readable nowhere; one that is missing fails. */
  async plant(what: string, text: string): Promise<void> {
    await this.run.step(`${this.#who}: ${what} is there, to be looked for later`, () => {
      assert.ok(text.length >= 16)
      this.server.plant(what, text)
    })
  }

  /** Runs a shell script, in which `az` is this one. It starts where paths of the banner do. */
  async shell(script: string): Promise<ProgramResult> {
    const path = [dirname(this.program), ...searchPath()].join(':')
    return await this.#client(['/bin/sh', '-euc', script], { PATH: path }, REPOSITORY)
  }

  /** Whose it is and the words of the command, without what follows the options. */
  #nameOf(args: readonly string[]): string {
    const end = args.findIndex((word) => word.startsWith('-'))
    const words = end === -1 ? args : args.slice(0, end)
    const options = args.slice(words.length).filter((word) => /^--[a-z]/.test(word))
    return [`${this.#who}: az`, ...words, ...options].join(' ')
  }

  async #client(
    command: readonly string[],
    variables: Readonly<Record<string, string>>,
    directory = this.#folder,
  ): Promise<ProgramResult> {
    return await runClient(this.run, command, {
      sourced: [this.server.file('connect.env')],
      variables: { ...this.variables, ...variables },
      directory,
      limitSeconds: LIMIT_SECONDS,
    })
  }

  /**
   * Runs a command that has to succeed, as a check.
   * @returns what it wrote, `undefined` also when the check failed.
   */
  async gives(
    args: readonly string[],
    expected?: Expected,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<AzOutput> {
    return await this.run.step(this.#nameOf(args), async () => {
      const result = await this.execute(args, variables)
      if (result.code !== 0) throw new Error(`It ended with ${result.code}: ${result.errors}`)
      const output = outputOf(result)
      expect(output, expected)
      return output
    })
  }

  /** Runs a command that has to fail and say so, as a check. */
  async refuses(
    args: readonly string[],
    said: RegExp,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await this.run.step(`${this.#nameOf(args)} is refused: ${said.source}`, async () => {
      const { code, errors, output } = await this.execute(args, variables)
      assert.notEqual(code, 0, `It succeeded: ${output}`)
      assert.match(errors, said)
      assert.doesNotMatch(errors, CRASHED)
    })
  }
}

function outputOf({ output }: ProgramResult): AzOutput {
  const text = output.trim()
  if (text === '') return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return parsed
  } catch {
    return text
  }
}

function expect(output: AzOutput, expected: Expected | undefined): void {
  if (expected === undefined) return
  if (typeof expected === 'function') {
    // The type of a function that is an object too cannot say what it takes.
    const look = expected as (output: AzOutput) => void
    look(output)
    return
  }
  assert.partialDeepStrictEqual(output, expected)
}
