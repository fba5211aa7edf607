import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { findProgram } from './find-program.ts'
import type { Found } from './machine.ts'
import { PYTHON_PROGRAMS } from './repository.ts'
import { runProgram } from './run-program.ts'

const ENVIRONMENT = fileURLToPath(new URL('../../.venv', import.meta.url))
const STAMP = `${ENVIRONMENT}/requirements.sha256`
const PYTHON = `${ENVIRONMENT}/bin/python`
const IMPORTS =
  'import azure.identity.aio, azure.keyvault.secrets.aio, azure.keyvault.keys.aio, ' +
  'aiohttp, requests, cryptography'

/**
 * Gives a Python with the official SDKs: the cached virtual environment, a new one filled from
 * PyPI, or Debian's Python with its `python3-azure`. The only part that needs the network.
 */
export async function preparePython(): Promise<Found> {
  const wanted = requirementsHash()
  const cached = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted
  if (cached && (await imports(PYTHON))) return { path: PYTHON }
  const failure = await fillEnvironment(wanted).catch(
    (error: unknown) => `${ENVIRONMENT} could not be written (${String(error)})`,
  )
  if (failure === undefined) return { path: PYTHON }
  if (await imports('/usr/bin/python3')) return { path: '/usr/bin/python3' }
  return { missing: `${failure}, and /usr/bin/python3 has no azure packages (python3-azure)` }
}

function requirementsHash(): string {
  const requirements = readFileSync(`${PYTHON_PROGRAMS}requirements.txt`)
  return createHash('sha256').update(requirements).digest('hex')
}

/** The reason why it did not work, if it did not. */
async function fillEnvironment(stamp: string): Promise<string | undefined> {
  rmSync(ENVIRONMENT, { recursive: true, force: true })
  const made = await makeEnvironment()
  if (!made) return 'no python3 with the venv module was found'
  const install = ['-m', 'pip', 'install', '--quiet', '--requirement', 'requirements.txt']
  if (!(await succeeds(PYTHON, install, 240))) return 'PyPI did not give the pinned packages'
  if (!(await imports(PYTHON))) return 'the installed packages do not import'
  writeFileSync(STAMP, stamp)
  return undefined
}

/** A python3 in PATH may lack the module that Debian's own has, or the other way round. */
async function makeEnvironment(): Promise<boolean> {
  const first = findProgram('python3')
  const candidates = ['path' in first ? first.path : '', '/usr/bin/python3']
  for (const python of candidates.filter((path) => path !== '')) {
    if (await succeeds(python, ['-m', 'venv', ENVIRONMENT], 120)) return true
    rmSync(ENVIRONMENT, { recursive: true, force: true })
  }
  return false
}

function imports(python: string): Promise<boolean> {
  return succeeds(python, ['-c', IMPORTS], 60)
}

/** Here the machine's own environment counts: it says how this machine reaches PyPI. */
async function succeeds(
  command: string,
  args: readonly string[],
  limitSeconds: number,
): Promise<boolean> {
  const env: Record<string, string> = { HOME: tmpdir() }
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) env[name] = value
  }
  try {
    const options = { env, cwd: PYTHON_PROGRAMS, limitSeconds }
    return (await runProgram(command, args, options)).code === 0
  } catch {
    return false
  }
}
