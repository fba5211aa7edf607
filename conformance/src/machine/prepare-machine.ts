import { execFileSync } from 'node:child_process'
import { preparePacked } from '../packed/prepare-packed.ts'
import { findFaketime } from './find-faketime.ts'
import { findProgram } from './find-program.ts'
import type { Found, Machine } from './machine.ts'
import { prepareGo } from './prepare-go.ts'
import { prepareJava } from './prepare-java.ts'
import { ALIBABA_PYTHON, AZ_PYTHON, AZURE_PYTHON, preparePython } from './prepare-python.ts'
import { noRuntimes, prepareRuntimes } from './prepare-runtimes.ts'

const NOT_ASKED: Found = { missing: 'no suite was to run that needs it' }
/** The suites that need our packages installed. */
const OF_TARBALLS: readonly string[] = ['packed', 'runtimes']
/** The suites that run programs on other runtimes. */
const OF_RUNTIMES: readonly string[] = ['client-azure', 'client-kms', 'runtimes']

/**
 * Finds, and where needed installs, what the suites use; the network is still there.
 * @param suites by name; what takes long and only some of them use is prepared for those.
 */
export async function prepareMachine(suites: readonly string[]): Promise<Machine> {
  const [javaPrograms, goPrograms, packed, runtimes, ...pythons] = await Promise.all([
    suites.includes('java') ? prepareJava() : NOT_ASKED,
    suites.includes('go') ? prepareGo() : NOT_ASKED,
    suites.some((name) => OF_TARBALLS.includes(name)) ? preparePacked() : NOT_ASKED,
    suites.some((name) => OF_RUNTIMES.includes(name)) ? prepareRuntimes() : noRuntimes(NOT_ASKED),
    preparePython(AZURE_PYTHON),
    preparePython(ALIBABA_PYTHON),
    preparePython(AZ_PYTHON),
  ])
  const [python, alibabaPython, azPython] = pythons
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
    java: findProgram('java'),
    javaPrograms,
    goPrograms,
    pebble: findProgram('pebble'),
    challtestsrv: findProgram('pebble-challtestsrv'),
    chromium: findProgram('chromium'),
    packed,
    ...runtimes,
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
