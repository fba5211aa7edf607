import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SuiteRun } from '../runner/suite-run.ts'
import { writeConnectLines } from '../server/connect-lines.ts'
import { runClient } from '../server/run-client.ts'
import type { TestServer } from '../server/test-server.ts'
import { bundle, type PortableProgram } from './bundle.ts'

const AROUND = `
import { readFileSync, writeFileSync } from 'node:fs'
const given = JSON.parse(readFileSync('given.json', 'utf8'))
writeFileSync('seen.json', JSON.stringify(await seen(given)))
`

const COMMANDS = {
  deno: [
    'run',
    '--allow-net',
    '--allow-env',
    '--allow-read=given.json',
    '--allow-write=seen.json',
    '--no-prompt',
    '--cached-only',
  ],
  bun: ['run', '--no-install'],
} as const

/** What a program sees on Deno or on Bun. @throws Error when it does not run to its end. */
export async function inProgram(
  run: SuiteRun,
  server: TestServer,
  runtime: keyof typeof COMMANDS,
  path: string,
  program: PortableProgram,
): Promise<unknown> {
  const directory = join(run.folder, `portable-${runtime}`)
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'program.mjs'), await bundle(program, AROUND))
  writeFileSync(join(directory, 'given.json'), JSON.stringify(program.given), { mode: 0o600 })
  const sourced = [await writeConnectLines(run, server, runtime)]
  const command = [path, ...COMMANDS[runtime], 'program.mjs']
  const { code, errors } = await runClient(run, command, { sourced, directory })
  if (code !== 0) throw new Error(`It ended with ${code}: ${errors.slice(-800)}`)
  return JSON.parse(readFileSync(join(directory, 'seen.json'), 'utf8')) as unknown
}
