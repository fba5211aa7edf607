import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodePlatform } from '@claviger/client/node'
import type { SuiteRun } from '../runner/suite-run.ts'
import { programOf } from '../runtimes/bundle.ts'
import { otherRuntimes } from '../runtimes/other-runtimes.ts'
import { objectOf, textOf } from '../server/json.ts'
import type { TestServer } from '../server/test-server.ts'
import type { Seen } from './portable.ts'
import type { Outcome } from './transcript.ts'

const PROGRAM = new URL('portable.ts', import.meta.url)

/** Our client on what is not Node: the shared gateway as the official one sees it, an instance. */
export async function checkElsewhere(run: SuiteRun, server: TestServer): Promise<void> {
  const told = readFileSync(join(run.folder, 'outcomes.json'), 'utf8')
  const expected = JSON.parse(told) as readonly Outcome[]
  const configs = await configsOf(server)
  for (const runtime of otherRuntimes(run, server)) {
    const { name, found } = runtime
    if ('missing' in found) {
      run.notRun(`the client in ${name}`, found.missing)
      continue
    }
    const own = `${name.toLowerCase()}-${randomBytes(4).toString('hex')}`
    const given = { own, value: server.canary, ...configs }
    const seen = await run.step(`in ${name}: as many calls`, async () => {
      const outcomes = (await runtime.run(found.path, programOf(PROGRAM, given))) as Seen
      assert.equal(outcomes.shared.length, expected.length)
      return outcomes
    })
    if (seen !== undefined) await compare(run, name, seen, expected)
  }
}

async function compare(
  run: SuiteRun,
  name: string,
  { shared, instance }: Seen,
  expected: readonly Outcome[],
): Promise<void> {
  for (const [at, outcome] of expected.entries()) {
    await run.step(`in ${name}: call ${at + 1}, ${outcome.action}`, () => {
      assert.equal(shared[at]?.action, outcome.action)
      assert.deepEqual(shared[at]?.refused, outcome.refused)
      // The official client drops members that it does not know.
      assert.partialDeepStrictEqual(shared[at]?.answer ?? {}, outcome.answer ?? {})
    })
  }
  for (const [what, ended] of Object.entries(instance)) {
    await run.step(`in ${name}, at the instance: ${what}`, () => {
      assert.deepEqual(ended, name === 'Chromium' ? DATELESS : true)
    })
  }
}

/** A browser sends no header `date` that a program sets, and the signature covers it. */
const DATELESS = {
  code: 'IllegalTimestamp',
  message:
    'The input parameter "Timestamp" that is mandatory for processing this request is not ' +
    'supplied.',
}

/** Both gateways, with everything that a runtime without files has to be told. */
async function configsOf(server: TestServer): Promise<Readonly<Record<string, unknown>>> {
  const variables = server.variables('connect.env')
  const variable = (name: string): string => variables[`ALIBABA_CLOUD_${name}`] ?? ''
  const file = readFileSync(variable('KMS_CLIENT_KEY_FILE'), 'utf8')
  const clientKey = objectOf(JSON.parse(file))
  const pkcs12 = Buffer.from(textOf(clientKey, 'PrivateKeyData'), 'base64')
  const der = await nodePlatform.openPkcs12(pkcs12, variable('KMS_CLIENT_KEY_PASSWORD'))
  return {
    config: {
      accessKeyId: variable('ACCESS_KEY_ID'),
      accessKeySecret: variable('ACCESS_KEY_SECRET'),
      regionId: variable('REGION_ID'),
      endpoint: variable('KMS_ENDPOINT'),
    },
    kmsConfig: {
      endpoint: variable('KMS_INSTANCE_ENDPOINT'),
      clientKeyId: textOf(clientKey, 'KeyId'),
      privateKey: Buffer.from(der).toString('base64'),
    },
  }
}
