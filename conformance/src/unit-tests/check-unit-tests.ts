import assert from 'node:assert/strict'
import type { SuiteRun } from '../runner/suite-run.ts'
import { inChromium } from '../runtimes/in-chromium.ts'
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

/** Tests in the other files that are about Node alone, and how. */
const TESTS_OF_NODE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'alibaba/instance/transfer-formats.test.ts': { 'its module is read': 'uses Buffer' },
  'azure/credentials/managed-identity-credential.test.ts': {
    'its module is read': 'sets the environment and the platform',
  },
  'azure/vault-connection.test.ts': {
    'a connection to a vault > says who asks, and gives each request an id':
      'a browser says so itself',
  },
  'cache/reference-resolver.test.ts': {
    'references in a configuration > are resolved in the environment, which stays as it is':
      'sets the environment',
  },
  'core/base64.test.ts': {
    'base64 > gives what Node gives, in newer runtimes and older ones': 'compares with Buffer',
    'base64 > takes more octets than a call has arguments': 'compares with Buffer',
  },
  'core/environment.test.ts': {
    'a runtime > has modules of Node when it is Node, also before it had a name': 'has none',
  },
}

/** The client's own unit tests in Chromium, but for those that only Node can run. */
export async function checkUnitTests(run: SuiteRun, server: TestServer): Promise<void> {
  const { chromium } = run.machine
  if ('missing' in chromium) return run.notRun('the unit tests in Chromium', chromium.missing)
  const modules = await modulesOfNode(unitTests())
  const isOfNode = (file: string): boolean => (modules.get(file) ?? []).length > 0
  await run.step('unit tests: those that need modules of Node are the known ones', () => {
    assert.deepEqual(unitTests().filter(isOfNode), Object.keys(FILES_OF_NODE).toSorted())
  })
  const files = unitTests().filter((file) => !isOfNode(file))
  const program = programOfTests(files)
  const endings = await run.step('unit tests in Chromium: every other file has some', async () => {
    const all = (await inChromium(run, server, chromium.path, program)) as readonly Ending[]
    const isThere = (file: string): boolean => all.some(({ name }) => name.startsWith(`${file} > `))
    assert.deepEqual(files.filter((file) => !isThere(file)), [])
    return all
  })
  if (endings === undefined) return
  const ofNode = Object.entries(TESTS_OF_NODE).flatMap(([file, tests]) =>
    Object.keys(tests).map((test) => `${file} > ${test}`),
  )
  for (const { name, reason } of endings) {
    if (ofNode.includes(name)) continue
    if (reason === undefined) run.pass(`unit tests in Chromium: ${name}`)
    else run.fail(`unit tests in Chromium: ${name}`, reason)
  }
  await run.step('unit tests: those about Node alone are the known ones, and fail', () => {
    const failed = endings.filter(({ reason }) => reason !== undefined).map(({ name }) => name)
    assert.deepEqual(ofNode.filter((name) => !failed.includes(name)), [])
  })
}
