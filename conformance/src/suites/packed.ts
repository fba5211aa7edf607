import { copyFileSync, existsSync, globSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { cleanEnvironment } from '../machine/clean-environment.ts'
import { findProgram } from '../machine/find-program.ts'
import { runProgram } from '../machine/run-program.ts'
import { compileProgram } from '../packed/compile-program.ts'
import { findMissing } from '../packed/find-missing.ts'
import { publishedPackages } from '../packed/packages.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import type { Suite } from '../runner/suite.ts'
import { runClient } from '../server/run-client.ts'
import { type Command, startServer, untilReady } from '../server/start-server.ts'
import { TestServer } from '../server/test-server.ts'

/** What is published, packed and installed in an empty folder, as a user has it. */
export const packed: Suite = {
  name: 'packed',
  what: 'the tarballs in an empty folder: all they need is there, the server starts, a program uses the client',
  budgetSeconds: 120,
  async run(run) {
    const { packed: place } = run.machine
    if ('missing' in place) {
      run.notRun('our packages from their tarballs', place.missing)
      return
    }
    const npx = findProgram('npx')
    if ('missing' in npx) {
      run.notRun('npx', npx.missing)
      return
    }
    await checkTarballs(run, place.path)
    const program = await run.step("a program compiles against the client's types", () =>
      compileProgram(place.path),
    )
    const where = 'cd "$1" && shift && exec "$@"'
    const begin = [npx.path, '--no-install', 'claviger', 'start'] as const
    const command: Command = ['/bin/sh', '-c', where, 'sh', place.path, ...begin]
    const server = await TestServer.start(run, { command })
    if (program !== undefined) await useClient(run, server, program)
    await useCommandLine(run, server, place.path)
    await nameCommands(run, server, place.path)
    await server.finish()
    await startByOtherNode(run, server, place.path)
  },
}

async function checkTarballs(run: SuiteRun, place: string): Promise<void> {
  for (const { manifest } of publishedPackages()) {
    const folder = join(place, 'node_modules', manifest.name)
    await run.step(`${manifest.name} has all that it imports`, () => {
      const missing = findMissing(folder)
      if (missing.length > 0) throw new Error(missing.join('\n'))
    })
    await run.step(`${manifest.name} has its licence, and neither sources nor tests`, () => {
      if (!existsSync(join(folder, 'LICENSE'))) throw new Error('It lacks LICENSE.')
      const files = globSync('**/*.{ts,js}', { cwd: folder, exclude: ['node_modules/**'] })
      const wrong = files.filter((file) => /(?<!\.d)\.ts$|\.test\./.test(file))
      if (wrong.length > 0) throw new Error(wrong.join('\n'))
      if (files.length === 0) throw new Error('It is empty.')
    })
  }
}

async function useClient(run: SuiteRun, server: TestServer, program: string): Promise<void> {
  const result = await runClient(run, [usersNode(run), program], {
    sourced: [server.file('connect.env')],
    variables: { OBJECT_NAME: 'packed', SECRET_VALUE: server.canary },
  })
  countChecks(run, 'the installed client', result)
}

async function useCommandLine(run: SuiteRun, server: TestServer, place: string): Promise<void> {
  const program = join(place, 'node_modules/.bin/claviger')
  const script =
    'printf %s "$SECRET_VALUE" | "$0" "$1" secret set --name packed-too --output none && ' +
    '"$0" "$1" secret show --name packed-too --query value --output tsv'
  await run.step('the installed command line sets a secret and shows it', async () => {
    const session = ['/bin/sh', '-c', script, usersNode(run), program]
    const { code, output, errors } = await runClient(run, session, {
      sourced: [server.file('connect.env')],
      variables: { SECRET_VALUE: server.canary },
    })
    if (code !== 0 || output.trim() !== server.canary) {
      throw new Error(`It ended with ${code}, ${output.length} characters: ${errors}`)
    }
  })
}

/** What begins each help and text, by the way the server's programs are started. */
const NAMED: readonly (readonly [string, string])[] = [
  ['claviger start --help', 'Usage: claviger start\n'],
  ['claviger admin --help', 'Usage: claviger admin <noun>'],
  ['claviger admin vault create --help', 'Usage: claviger admin vault create '],
  ['claviger admin hosts', '# Claviger: begin. Taken back by: claviger admin hosts --remove\n'],
  ['claviger audit verify --help', 'Usage: claviger audit verify '],
  ['claviger-server --help', 'Usage: claviger-server start\n'],
  ['claviger-server admin --help', 'Usage: claviger-server admin <noun>'],
  ['claviger-server audit-verify --help', 'Usage: claviger-server audit-verify '],
]

async function nameCommands(run: SuiteRun, server: TestServer, place: string): Promise<void> {
  for (const [typed, beginning] of NAMED) {
    await run.step(`${typed} names commands that are there`, async () => {
      const [program = '', ...words] = typed.split(' ')
      const command = [usersNode(run), join(place, 'node_modules/.bin', program), ...words]
      const variables = { CLAVIGER_DATA_DIR: server.place.dataDir }
      const { code, output, errors } = await runClient(run, command, { sourced: [], variables })
      const isRight = code === 0 && output.startsWith(beginning) && !/npm (run|start|ci)/.test(output)
      if (!isRight) throw new Error(`It ended with ${code}: ${output.slice(0, 200)}${errors}`)
    })
  }
}

/** The Node that users have, and ours where that is the only one. */
function usersNode(run: SuiteRun): string {
  const { otherNode, runtime } = run.machine
  return 'path' in otherNode ? otherNode.path : runtime
}

/** Without npx, which puts the Node among the packages first: it is looked for. */
async function startByOtherNode(run: SuiteRun, server: TestServer, place: string): Promise<void> {
  const what = 'started by another Node it hands over to the one it brings, and stops with it'
  const { otherNode } = run.machine
  if ('missing' in otherNode) {
    run.notRun(what, otherNode.missing)
    return
  }
  const program = join(place, 'node_modules/.bin/claviger-server')
  await run.step(what, async () => {
    const started = startServer([otherNode.path, program], server.place, run.folder)
    await untilReady(started)
    started.signal('SIGTERM')
    const { code } = await started.ended
    if (code !== 0) throw new Error(`It ended with ${code}: ${started.log()}`)
  })
  await run.step('where none was brought it says what to type', async () => {
    const alone = join(run.folder, 'alone')
    mkdirSync(alone)
    for (const name of ['start.js', 'package.json']) {
      copyFileSync(join(place, 'node_modules/@claviger/server', name), join(alone, name))
    }
    const options = { cwd: alone, env: cleanEnvironment(alone), limitSeconds: 20 }
    const { code, errors } = await runProgram(otherNode.path, ['start.js'], options)
    if (code === 78 && errors.includes('install this package again')) return
    throw new Error(`It ended with ${code}: ${errors}`)
  })
}
