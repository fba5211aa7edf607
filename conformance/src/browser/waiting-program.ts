import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild } from '../machine/child.ts'
import type { ProgramResult } from '../machine/run-program.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { type ClientOptions, clientShell } from '../server/client-shell.ts'

const WITHIN_MS = 30_000

/** A program that waits for a person. */
export interface WaitingProgram {
  /** Where it sends the person. */
  readonly url: string
  /** The code that the person types there; empty when it opens the browser itself. */
  readonly code: string
  readonly ended: Promise<ProgramResult>
}

/**
 * Starts a program that opens the person's browser, which is a script here that keeps the address.
 * @throws Error with what the program said when it did not.
 */
export async function startForBrowser(
  run: SuiteRun,
  command: readonly string[],
  options: ClientOptions,
): Promise<WaitingProgram> {
  const file = join(run.folder, 'browser-url')
  const script = join(run.folder, 'browser.sh')
  rmSync(file, { force: true })
  const keep = `#!/bin/sh\nprintf '%s' "$1" > '${file}.new' && mv '${file}.new' '${file}'\n`
  writeFileSync(script, keep, { mode: 0o755 })
  const variables = { ...options.variables, BROWSER: script }
  const read = (): readonly [string, string] | undefined =>
    existsSync(file) ? [readFileSync(file, 'utf8'), ''] : undefined
  return await startUntil(run, command, { ...options, variables }, read)
}

/**
 * Starts a program that shows the person an address and a code.
 * @param shown has both as its groups.
 * @throws Error with what the program said when it did not.
 */
export async function startForCode(
  run: SuiteRun,
  command: readonly string[],
  options: ClientOptions,
  shown: RegExp,
): Promise<WaitingProgram> {
  return await startUntil(run, command, options, (said) => {
    const [, url, code] = shown.exec(said) ?? []
    return url === undefined || code === undefined ? undefined : [url, code]
  })
}

async function startUntil(
  run: SuiteRun,
  command: readonly string[],
  options: ClientOptions,
  find: (said: string) => readonly [string, string] | undefined,
): Promise<WaitingProgram> {
  const child = startChild(...clientShell(run, command, options))
  const said = (): string => child.output() + child.errors()
  let hasEnded = false
  void child.ended.then(() => (hasEnded = true))
  for (const deadline = Date.now() + WITHIN_MS; ; await sleep(50)) {
    const found = find(said())
    if (found !== undefined) {
      const [url, code] = found
      const timer = setTimeout(() => child.kill(), WITHIN_MS * 2)
      const ended = child.ended.then((ending) => {
        clearTimeout(timer)
        return { code: ending.code, output: child.output(), errors: child.errors() }
      })
      return { url, code, ended }
    }
    if (hasEnded || Date.now() > deadline) {
      child.kill()
      throw new Error(said())
    }
  }
}
