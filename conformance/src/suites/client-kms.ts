import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkElsewhere } from '../client-kms/check-elsewhere.ts'
import { PYTHON_PROGRAMS, REPOSITORY } from '../machine/repository.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { admin } from '../server/admin.ts'
import { connectSigner, connectUser, giveRole } from '../server/alibaba-access.ts'
import { objectOf, textOf } from '../server/json.ts'
import { RawKms } from '../server/raw-kms.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'
import { readAudit } from '../server/verify-audit.ts'

const PROGRAMS = fileURLToPath(new URL('../client-kms/', import.meta.url))

/** Our client of Alibaba Cloud KMS: beside the official one, at both gateways, and its examples. */
export const clientKms: Suite = {
  name: 'client-kms',
  what: '@claviger/client/alibaba at both gateways, beside the official client; in Chromium, Deno, Bun and workerd; its examples',
  budgetSeconds: 240,
  async run(run) {
    const server = await TestServer.start(run)
    const user = await connectUser(run, server)
    await giveRole(run, server, 'Key Vault Contributor', user)
    const { openssl } = run.machine
    for (const program of ['gateways', 'beside-sdk', 'other-actions']) {
      if (program === 'other-actions' && 'missing' in openssl) {
        run.notRun(program, openssl.missing)
        continue
      }
      const variables = 'missing' in openssl ? {} : { OPENSSL: openssl.path }
      const result = await runTypeScript(run, server, `${PROGRAMS}${program}.ts`, variables)
      countChecks(run, program, result)
    }
    await checkElsewhere(run, server)
    await runSessions(run, server, user)
    await compareWithPython(run, server)
    await runExamples(run, server)
  },
}

function runTypeScript(
  run: SuiteRun,
  server: TestServer,
  path: string,
  variables: Readonly<Record<string, string>> = {},
): ReturnType<typeof runClient> {
  return runClient(run, [run.machine.runtime, '--conditions=claviger-source', path], {
    sourced: [server.file('connect.env')],
    variables: { CANARY: server.canary, ...variables },
  })
}

/** A role that may read keys, which the user may act as. */
async function runSessions(run: SuiteRun, server: TestServer, user: string): Promise<void> {
  const role = textOf(await admin(run, server, ['session-role', 'create', 'reader']), 'id')
  await giveRole(run, server, 'Key Vault Reader', role)
  await giveRole(run, server, 'Session Role User', user, `/sessionRoles/${role}`)
  const result = await runTypeScript(run, server, `${PROGRAMS}sessions.ts`, {
    ALIBABA_ROLE_ID: role,
    ALIBABA_STS_ENDPOINT: `sts.${server.place.domain}:${server.place.port}`,
  })
  countChecks(run, 'sessions', result)
}

/** The same calls at the instance, by the vendor's Python client and ours; ciphertexts both ways. */
async function compareWithPython(run: SuiteRun, server: TestServer): Promise<void> {
  const { alibabaPython } = run.machine
  if ('missing' in alibabaPython) {
    run.notRun("beside the vendor's Python client", alibabaPython.missing)
    return
  }
  const results = join(run.folder, 'client-results.json')
  const runPython = (mode: string): ReturnType<typeof runClient> => {
    const program = `${PYTHON_PROGRAMS}alibaba/client_results.py`
    return runClient(run, [alibabaPython.path, program, mode, results], {
      sourced: [server.file('connect.env')],
      variables: {
        CANARY: server.canary,
        PYTHONDONTWRITEBYTECODE: 'yes',
        PYTHONWARNINGS: 'ignore',
      },
    })
  }
  await run.step("the vendor's Python client makes its calls", async () => {
    const { code, errors } = await runPython('write')
    if (code !== 0) throw new Error(`It ended with ${code}: ${errors}`)
  })
  const variables = { RESULTS_FILE: results }
  const ours = await runTypeScript(run, server, `${PROGRAMS}beside-python.ts`, variables)
  countChecks(run, "beside the vendor's Python client", ours)
  countChecks(run, "the vendor's Python client", await runPython('read'))
  // It has what the search for planted values would find.
  rmSync(results)
}

interface Example {
  readonly name: string
  readonly gateway: 'shared' | 'instance'
}

/** Each program of the users' text about Alibaba Cloud KMS, and which gateway it is about. */
const EXAMPLES: readonly Example[] = [
  { name: 'get-secret-value-shared-gateway', gateway: 'shared' },
  { name: 'get-secret-value-by-api-names', gateway: 'shared' },
  { name: 'get-secret-value-by-call', gateway: 'shared' },
  { name: 'encrypt-with-instance', gateway: 'instance' },
  { name: 'encrypt-before-migration', gateway: 'shared' },
  { name: 'encrypt-after-migration', gateway: 'instance' },
  { name: 'encrypt-with-encoding', gateway: 'instance' },
  { name: 'encrypt-with-encoding-of-call', gateway: 'instance' },
]

async function runExamples(run: SuiteRun, server: TestServer): Promise<void> {
  const { ALIBABA_CLOUD_KMS_ENDPOINT: host = '' } = server.variables('connect.env')
  const kms = new RawKms(server, connectSigner(server), host.replace(/:\d+$/, ''))
  run.onEnd(() => kms.close())
  const secret = { SecretName: 'example', VersionId: 'v1', SecretData: server.canary }
  await kms.rpc({ action: 'CreateSecret', parameters: secret })
  const { body } = await kms.rpc({ action: 'CreateKey' })
  const variables = {
    KMS_SECRET_NAME: 'example',
    KMS_KEY_ID: textOf(objectOf(body['KeyMetadata']), 'KeyId'),
    KMS_PLAINTEXT: server.canary,
  }
  for (const { name, gateway } of EXAMPLES) {
    await run.step(`the example ${name}`, async () => {
      const before = readAudit(server).length
      const path = `${REPOSITORY}examples/alibaba/${name}.ts`
      const { code, output, errors } = await runTypeScript(run, server, path, variables)
      const wanted = name.startsWith('encrypt') ? "ciphertextBlob: '" : "secretName: 'example'"
      if (code !== 0 || !output.includes(wanted) || output.includes(server.canary)) {
        throw new Error(`It ended with ${code}: ${output}${errors}`)
      }
      const uris = readAudit(server).slice(before).map(({ requestUri }) => requestUri)
      const isRight = (uri: string): boolean => uri.includes(host) === (gateway === 'shared')
      if (uris.length > 0 && uris.every(isRight)) return
      throw new Error(`It was not the ${gateway} gateway that answered: ${uris.join(', ')}`)
    })
  }
}
