import { execFileSync } from 'node:child_process'
import { findFaketime } from './find-faketime.ts'
import { findProgram } from './find-program.ts'
import type { Found, Machine } from './machine.ts'
import { ALIBABA_PYTHON, AZ_PYTHON, AZURE_PYTHON, preparePython } from './prepare-python.ts'

/** Finds, and where needed installs, what the suites use; the network is still there. */
export async function prepareMachine(): Promise<Machine> {
  const [python, alibabaPython, azPython] = await Promise.all([
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
