import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { randomUUID } from 'node:crypto'
import { searchPath } from '../machine/find-program.ts'
import { PYTHON_PROGRAMS } from '../machine/repository.ts'
import type { ProgramResult } from '../machine/run-program.ts'
import { runClient } from '../server/run-client.ts'
import { objectOf } from '../server/json.ts'
import { SEEDS_MISSING, seedText } from '../suites/seed-text.ts'
import type { Az } from './az.ts'
import { equals, member } from './expected-output.ts'

/** Its host name leads here while the suites run. */
const VAULT = 'az-quickstart'

/** A text of the users, which has commands of az and one program. */
interface Seed {
  readonly beginning: string
  readonly noun: 'certificate' | 'key'
  /** What its program needs beyond what the text grants. */
  readonly needed: readonly string[]
}

const SEEDS: readonly Seed[] = [
  { beginning: '000_', noun: 'key', needed: ['--key-permissions', 'create', 'get', 'delete'] },
  {
    beginning: '001_',
    noun: 'certificate',
    needed: ['--certificate-permissions', 'create', 'get', 'delete'],
  },
]

/** The commands of the users' texts in their order, and their programs as whom az has logged in. */
export async function checkSeedCommands(az: Az): Promise<void> {
  for (const seed of SEEDS) {
    const file = seedText(seed.beginning)
    if (file === undefined) az.run.notRun(`the quickstart of ${seed.noun}s with az`, SEEDS_MISSING)
    else await checkSeed(az, seed, file)
  }
}

async function checkSeed(az: Az, { noun, needed }: Seed, file: string): Promise<void> {
  const text = readFileSync(file, 'utf8')
  const [setPolicy, removeGroup] = ['keyvault set-policy', 'group delete'].map((words) =>
    commandOf(text, words),
  )
  const group = removeGroup?.at(-1) ?? ''
  const upn = optionOf(setPolicy, '--upn')
  await az.gives(['group', 'create', '--name', group, '--location', 'eastus'])
  await az.gives([
    'keyvault', 'create', '--name', VAULT, '--resource-group', group,
    '--enable-rbac-authorization', 'false', '--no-self-perms', 'true',
  ])
  await createUser(az, upn)
  await az.gives(withVault(setPolicy))
  await runProgram(az, noun, file, /^raised HttpResponseError: \(Forbidden\)/m)
  const client = member(objectOf(await az.gives(['account', 'show']))['user'], 'name')
  await az.gives(['keyvault', 'set-policy', '--name', VAULT, '--spn', client, ...needed])
  await runProgram(az, noun, file, /^ran the program$/m)
  await az.gives([...(removeGroup ?? []), '--yes'])
  await az.gives(['group', 'exists', '--name', group], equals(false))
  await az.gives(['keyvault', 'purge', '--name', VAULT])
}

/** The command with these words, as the text has it. */
function commandOf(text: string, words: string): readonly string[] {
  const line = text.split('\n').find((one) => one.trim().startsWith(`az ${words} `))
  if (line === undefined) throw new Error(`The text has no command az ${words}.`)
  return line.trim().split(/\s+/).slice(1)
}

function optionOf(args: readonly string[] = [], name: string): string {
  return args[args.indexOf(name) + 1] ?? ''
}

/** With the name of a vault for the placeholder. */
function withVault(args: readonly string[] = []): readonly string[] {
  return args.map((word) => (/^<.+>$/.test(word) ? VAULT : word))
}

/** The user that the texts name, whom a later text finds there. */
async function createUser(az: Az, upn: string): Promise<void> {
  const { code } = await az.execute(['ad', 'user', 'show', '--id', upn])
  if (code === 0) return
  const password = `Az-${randomUUID()}`
  az.server.plant('a password of a user', password)
  await az.gives([
    'ad', 'user', 'create', '--display-name', 'User', '--user-principal-name', upn,
    '--password', password,
  ])
}

/** The program of the text, which signs in by az: the environment says nothing else. */
async function runProgram(az: Az, noun: string, file: string, said: RegExp): Promise<void> {
  const { python } = az.run.machine
  if ('missing' in python) {
    az.run.notRun(`the program of the quickstart of ${noun}s`, python.missing)
    return
  }
  const command = [python.path, `${PYTHON_PROGRAMS}seed_programs.py`, 'quickstart', file, 'az-name']
  await az.run.step(`the program about ${noun}s, signed in by az: ${said.source}`, async () => {
    const result: ProgramResult = await runClient(az.run, command, {
      sourced: [az.server.file('connect.env')],
      variables: {
        ...az.variables,
        PATH: [dirname(az.program), ...searchPath()].join(':'),
        IDENTITY_ENDPOINT: '',
        IDENTITY_HEADER: '',
        KEY_VAULT_NAME: VAULT,
      },
      limitSeconds: 120,
    })
    if (said.test(result.output)) return
    throw new Error(`${result.output}\n${result.errors}`)
  })
}
