import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProgram } from './find-program.ts'
import type { Found } from './machine.ts'
import { ownEnvironment } from './own-environment.ts'
import { PYTHON_PROGRAMS } from './repository.ts'
import { runProgram } from './run-program.ts'

/** A virtual environment, what is installed there, and what shows that it is. */
export interface PythonEnvironment {
  /** Its folder, below that of the package. */
  readonly folder: string
  /** The file that pins the packages, among the Python programs. */
  readonly requirements: string
  /** What every program imports. */
  readonly imports: string
  /** Other versions of some packages, each in a folder for PYTHONPATH. */
  readonly overlays?: Readonly<Record<string, readonly string[]>>
  /** Debian's package with the same, for where PyPI does not answer; its python3 is used then. */
  readonly package?: string
}

/** Python with the official clients of Azure. */
export const AZURE_PYTHON: PythonEnvironment = {
  folder: '.venv',
  requirements: 'requirements.txt',
  imports:
    'import azure.identity.aio, azure.keyvault.secrets.aio, azure.keyvault.keys.aio, ' +
    'aiohttp, requests, cryptography',
  package: 'python3-azure',
}

/** Python with the official clients of Alibaba Cloud. */
export const ALIBABA_PYTHON: PythonEnvironment = {
  folder: '.venv-alibaba',
  requirements: 'requirements-alibaba.txt',
  imports:
    'import alibabacloud_kms20160120.client, alibabacloud_kms_kms20160120.client, ' +
    'openapi.client, sdk.client, aliyunsdkkms, aliyunsdkcore.client',
  overlays: {
    // The version that the users' text is written for: later ones give their client another name.
    first: ['alibabacloud-kms-python-sdk==1.0.0'],
    // The newest, which the others cannot be together with.
    newest: ['alibabacloud-kms20160120==3.3.1'],
    // Pinned by its maker to older libraries than it needs.
    secrets: [
      'aliyun-secret-manager-client==0.1.5',
      'alibabacloud-dkms-transfer-python==0.1.2',
      'bytebuffer==0.1.0',
    ],
  },
}

/** Python with the command line of Azure, whose packages are too many to be beside others. */
export const AZ_PYTHON: PythonEnvironment = {
  folder: '.venv-az',
  requirements: 'requirements-az.txt',
  imports: 'import azure.cli.core, azure.cli.command_modules.keyvault, azure.mgmt.keyvault',
}

const DEBIAN_PYTHON = '/usr/bin/python3'

/** The program `az` of an environment. */
export function azProgram(python: string): string {
  return join(dirname(python), 'az')
}

/** What PYTHONPATH has to be for programs that want the packages of an overlay. */
export function overlayPath(python: string, name: string): string {
  return join(dirname(python), '..', 'overlays', name)
}

/**
 * Gives a Python with what is wanted: the cached virtual environment, a new one filled from PyPI,
 * or Debian's Python with its own packages. The only part that needs the network.
 */
export async function preparePython(wanted: PythonEnvironment): Promise<Found> {
  const environment = fileURLToPath(new URL(`../../${wanted.folder}`, import.meta.url))
  const python = `${environment}/bin/python`
  const stamp = `${environment}/requirements.sha256`
  const hash = requirementsHash(wanted)
  const cached = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
  if (cached && (await imports(python, wanted))) return { path: python }
  const failure = await fillEnvironment(environment, python, wanted).catch(
    (error: unknown) => `${environment} could not be written (${String(error)})`,
  )
  if (failure === undefined) {
    writeFileSync(stamp, hash)
    return { path: python }
  }
  if (wanted.package === undefined) return { missing: failure }
  if (await imports(DEBIAN_PYTHON, wanted)) return { path: DEBIAN_PYTHON }
  return { missing: `${failure}, and ${DEBIAN_PYTHON} has no such packages (${wanted.package})` }
}

function requirementsHash({ requirements, overlays }: PythonEnvironment): string {
  const hash = createHash('sha256').update(readFileSync(PYTHON_PROGRAMS + requirements))
  if (overlays !== undefined) hash.update(JSON.stringify(overlays))
  return hash.digest('hex')
}

/** The reason why it did not work, if it did not. */
async function fillEnvironment(
  environment: string,
  python: string,
  wanted: PythonEnvironment,
): Promise<string | undefined> {
  rmSync(environment, { recursive: true, force: true })
  const made = await makeEnvironment(environment)
  if (!made) return 'no python3 with the venv module was found'
  // What is imported compiles itself; most of what comes with az never is.
  const quickly = ['--quiet', '--no-compile', '--disable-pip-version-check']
  const install = ['-m', 'pip', 'install', ...quickly, '--requirement', wanted.requirements]
  if (!(await succeeds(python, install, 240))) return 'PyPI did not give the pinned packages'
  if (!(await imports(python, wanted))) return 'the installed packages do not import'
  for (const [name, packages] of Object.entries(wanted.overlays ?? {})) {
    const target = ['--no-deps', '--target', overlayPath(python, name)]
    const add = ['-m', 'pip', 'install', '--quiet', ...target, ...packages]
    if (!(await succeeds(python, add, 120))) return `PyPI did not give ${packages.join(', ')}`
  }
  return undefined
}

/** A python3 in PATH may lack the module that Debian's own has, or the other way round. */
async function makeEnvironment(environment: string): Promise<boolean> {
  const first = findProgram('python3')
  const candidates = ['path' in first ? first.path : '', DEBIAN_PYTHON]
  for (const python of candidates.filter((path) => path !== '')) {
    if (await succeeds(python, ['-m', 'venv', environment], 120)) return true
    rmSync(environment, { recursive: true, force: true })
  }
  return false
}

function imports(python: string, wanted: PythonEnvironment): Promise<boolean> {
  return succeeds(python, ['-c', wanted.imports], 60)
}

async function succeeds(
  command: string,
  args: readonly string[],
  limitSeconds: number,
): Promise<boolean> {
  try {
    const options = { env: ownEnvironment(), cwd: PYTHON_PROGRAMS, limitSeconds }
    return (await runProgram(command, args, options)).code === 0
  } catch {
    return false
  }
}
