import assert from 'node:assert/strict'
import type { SuiteRun } from '../runner/suite-run.ts'
import { type OtherRuntime, otherRuntimes } from '../runtimes/other-runtimes.ts'
import type { TestServer } from '../server/test-server.ts'
import type { Ending } from './node-test.ts'
import { modulesOfNode, programOfTests, unitTests } from './unit-tests.ts'

/** Files that need modules of Node, and what for. */
const FILES_OF_NODE: Readonly<Record<string, string>> = {
  'alibaba/bundle.test.ts': 'bundles and compresses',
  'alibaba/instance/messages.property.test.ts': "compares with the server's codec",
  'alibaba/instance/messages.test.ts': "opens a signature with Node's cryptography",
  'alibaba/kms-client.test.ts': "opens signatures with Node's cryptography, sets the environment",
  'api-docs.test.ts': 'runs a program',
  'azure/bundle-size.test.ts': 'bundles and compresses',
  'azure/credentials/client-certificate-credential.test.ts': 'reads certificates from files',
  'azure/credentials/credentials.test.ts': 'reads files and sets the environment',
  'azure/cryptography-client.test.ts': "compares with Node's cryptography",
  'azure/cryptography-versions.test.ts': "compares with Node's cryptography",
  'azure/local-cryptography.test.ts': "compares with Node's cryptography",
  'core/exchange.test.ts': 'starts servers',
  'node/node-fetch.test.ts': 'is about what is for Node alone; starts servers',
  'node/open-pkcs12.test.ts': 'is about what is for Node alone',
}

/** Tests in the other files that are not for every runtime. */
interface NotEverywhere {
  readonly file: string
  /** How their names begin. */
  readonly test: string
  readonly why: string
  readonly failsIn: readonly OtherRuntime['name'][]
}

const NOT_EVERYWHERE: readonly NotEverywhere[] = [
  {
    file: 'alibaba/instance/transfer-formats.test.ts',
    test: 'its module is read',
    why: 'It uses Buffer.',
    failsIn: ['Chromium'],
  },
  {
    file: 'azure/credentials/managed-identity-credential.test.ts',
    test: 'its module is read',
    why: 'It sets the environment.',
    failsIn: ['Chromium'],
  },
  {
    file: 'azure/credentials/managed-identity-credential.test.ts',
    test: 'a managed identity of Azure Arc > is found by its agent where the environment says',
    why: 'Only Node looks for the program of the agent.',
    failsIn: ['Deno', 'Bun', 'workerd'],
  },
  {
    file: 'azure/credentials/managed-identity-credential.test.ts',
    test: 'a managed identity of Azure Arc > ',
    why: 'Deno does not let the name of the system be replaced.',
    failsIn: ['Deno'],
  },
  {
    file: 'azure/vault-connection.test.ts',
    test: 'a connection to a vault > says who asks, and gives each request an id',
    why: 'A browser says so itself.',
    failsIn: ['Chromium'],
  },
  {
    file: 'cache/reference-resolver.test.ts',
    test: 'references in a configuration > are resolved in the environment, which stays as it is',
    why: 'It sets the environment.',
    failsIn: ['Chromium'],
  },
  {
    file: 'core/base64.test.ts',
    test: 'base64 > gives what Node gives, in newer runtimes and older ones',
    why: 'It compares with Buffer.',
    failsIn: ['Chromium'],
  },
  {
    file: 'core/base64.test.ts',
    test: 'base64 > takes more octets than a call has arguments',
    why: 'It compares with Buffer.',
    failsIn: ['Chromium'],
  },
  {
    file: 'core/environment.test.ts',
    test: 'a runtime > has modules of Node when it is Node, also before it had a name',
    why: 'They have none, or only what they call so.',
    failsIn: ['Chromium', 'Deno', 'Bun', 'workerd'],
  },
]

/** The client's own unit tests on what is not Node, but for those that only Node can run. */
export async function checkUnitTests(run: SuiteRun, server: TestServer): Promise<void> {
  const modules = await modulesOfNode(unitTests())
  const isOfNode = (file: string): boolean => (modules.get(file) ?? []).length > 0
  await run.step('unit tests: those that need modules of Node are the known ones', () => {
    assert.deepEqual(unitTests().filter(isOfNode), Object.keys(FILES_OF_NODE).toSorted())
  })
  const files = unitTests().filter((file) => !isOfNode(file))
  for (const runtime of otherRuntimes(run, server)) await checkIn(run, runtime, files)
}

async function checkIn(
  run: SuiteRun,
  { name: runtime, found, run: runIn }: OtherRuntime,
  files: readonly string[],
): Promise<void> {
  if ('missing' in found) return run.notRun(`the unit tests in ${runtime}`, found.missing)
  const endings = await run.step(`unit tests in ${runtime}: every file has some`, async () => {
    const all = (await runIn(found.path, programOfTests(files))) as readonly Ending[]
    const isThere = (file: string): boolean => all.some(({ name }) => name.startsWith(`${file} > `))
    assert.deepEqual(files.filter((file) => !isThere(file)), [])
    return all
  })
  if (endings === undefined) return
  const isKnown = ({ name }: Ending): boolean =>
    notIn(runtime).some(({ file, test }) => name.startsWith(`${file} > ${test}`))
  for (const ending of endings.filter((one) => !isKnown(one))) {
    const what = `unit tests in ${runtime}: ${ending.name}`
    if (ending.reason === undefined) run.pass(what)
    else run.fail(what, ending.reason)
  }
  await run.step(`unit tests in ${runtime}: what is not for it is there, and fails`, () => {
    const passed = endings.filter((one) => isKnown(one) && one.reason === undefined)
    assert.deepEqual(passed.map(({ name }) => name), [])
    const unknown = notIn(runtime).filter(
      ({ file, test }) => !endings.some(({ name }) => name.startsWith(`${file} > ${test}`)),
    )
    assert.deepEqual(unknown, [])
  })
}

function notIn(runtime: OtherRuntime['name']): readonly NotEverywhere[] {
  return NOT_EVERYWHERE.filter(({ failsIn }) => failsIn.includes(runtime))
}
