import { execFileSync } from 'node:child_process'
import { preparePacked } from '../packed/prepare-packed.ts'
import { findFaketime } from './find-faketime.ts'
import { findProgram } from './find-program.ts'
import type { Found, Machine } from './machine.ts'
import { ALIBABA_PYTHON, AZ_PYTHON, AZURE_PYTHON, preparePython } from './prepare-python.ts'

const NOT_ASKED: Found = { missing: 'no suite was to run that needs it' }

/**
 * Finds, and where needed installs, what the suites use; the network is still there.
 * @param suites by name; what takes long and only one of them uses is prepared for that one.
 */
export async function prepareMachine(suites: readonly string[]): Promise<Machine> {
  const [packed, python, alibabaPython, azPython] = await Promise.all([
    suites.includes('packed') ? preparePacked() : NOT_ASKED,
    preparePython(AZURE_PYTHON),
    preparePython(ALIBABA_PYTHON),
    preparePython(AZ_PYTHON),
  ])
  return {
    runtime: process.execPath,
    otherNode: otherNode(),
    python,
    alibabaPython,
    azPython,
    curl: findProgram('curl'),
    openssl: findProgram('openssl'),
    faketime: findFaketime(),
    keytool: findProgram('keytool'),
    pebble: findProgram('pebble'),
    challtestsrv: findProgram('pebble-challtestsrv'),
    chromium: findProgram('chromium'),
    packed,
  }
}

/** The Node that a user of this machine has, if it is not the one the server runs on. */
function otherNode(): Found {
  const found = findProgram('node')
  if ('missing' in found) return found
  const version = execFileSync(found.path, ['--version'], { encoding: 'utf8' }).trim()
  return version === process.version
    ? { missing: `the only Node here is ${version}, which the other suites use` }
    : found
}
