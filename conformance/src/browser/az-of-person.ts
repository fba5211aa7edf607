import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Az } from '../az/az.ts'
import { type Child, startChild } from '../machine/child.ts'
import type { ProgramResult } from '../machine/run-program.ts'
import { clientShell } from '../server/client-shell.ts'

const WITHIN_MS = 30_000

/** A log-in of az that waits for a person. */
export interface WaitingLogIn {
  /** Where az sends the person. */
  readonly url: string
  /** The code that the person types there; empty when az opens the browser. */
  readonly code: string
  readonly ended: Promise<ProgramResult>
}

/** `az login` with a browser, which is a program here that keeps the address. */
export async function logInByBrowser(
  az: Az,
  more: readonly string[] = [],
): Promise<WaitingLogIn> {
  const [script, file] = ['browser.sh', 'browser-url'].map((name) => join(az.run.folder, name))
  if (script === undefined || file === undefined) throw new Error('There are no names.')
  rmSync(file, { force: true })
  const keep = `#!/bin/sh\nprintf '%s' "$1" > '${file}.new' && mv '${file}.new' '${file}'\n`
  writeFileSync(script, keep, { mode: 0o755 })
  const child = startLogIn(az, more, { BROWSER: script })
  await until(child, () => existsSync(file))
  return { url: readFileSync(file, 'utf8'), code: '', ended: resultOf(child) }
}

/** `az login --use-device-code`. */
export async function logInByDeviceCode(az: Az): Promise<WaitingLogIn> {
  const child = startLogIn(az, ['--use-device-code'], {})
  const message = /open the page (\S+) .*enter the code ([A-Z0-9-]+)/
  await until(child, () => message.test(child.errors()))
  const [, url = '', code = ''] = message.exec(child.errors()) ?? []
  return { url, code, ended: resultOf(child) }
}

function startLogIn(
  az: Az,
  more: readonly string[],
  variables: Readonly<Record<string, string>>,
): Child {
  const [shell, args, where] = clientShell(az.run, [az.program, 'login', ...more], {
    sourced: [az.server.file('connect.env')],
    variables: { ...az.variables, ...variables },
  })
  return startChild(shell, args, where)
}

async function resultOf(child: Child): Promise<ProgramResult> {
  const timer = setTimeout(() => child.kill(), WITHIN_MS * 2)
  const { code } = await child.ended
  clearTimeout(timer)
  return { code, output: child.output(), errors: child.errors() }
}

/** @throws Error with what az said when it ended before, or too late. */
async function until(child: Child, isThere: () => boolean): Promise<void> {
  let hasEnded = false
  void child.ended.then(() => (hasEnded = true))
  for (const deadline = Date.now() + WITHIN_MS; !isThere(); await sleep(50)) {
    if (hasEnded || Date.now() > deadline) throw new Error(child.output() + child.errors())
  }
}
