import { overlayPath } from '../machine/prepare-python.ts'
import { PYTHON_PROGRAMS } from '../machine/repository.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { connectUser, giveRole } from '../server/alibaba-access.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'
import { type RunPython, runAlibabaSeed } from './alibaba-seed.ts'

/** The vendor's Python clients at both gateways, and the users' own program. */
export const pythonAlibaba: Suite = {
  name: 'python-alibaba',
  what: 'the Python clients of Alibaba Cloud KMS, unmodified, at both gateways',
  budgetSeconds: 240,
  async run(run) {
    const { alibabaPython } = run.machine
    if ('missing' in alibabaPython) {
      run.notRun('the Python clients of Alibaba Cloud KMS', alibabaPython.missing)
      return
    }
    const own = await startServer(run, {})
    await runOwnPrograms(run, pythonRunner(run, own, alibabaPython.path))
    await own.finish()
    // The vendor's own names, with nothing but those in the programs.
    const vendor = await startServer(run, { domain: 'aliyuncs.com', port: 443 })
    const runVendor = pythonRunner(run, vendor, alibabaPython.path)
    const manager = await runVendor('secrets_manager_kms', [], { overlay: 'secrets' })
    countChecks(run, 'aliyuncs.com: secrets_manager_kms', manager)
    await runAlibabaSeed(run, vendor, runVendor)
  },
}

async function startServer(
  run: SuiteRun,
  options: { readonly domain?: string; readonly port?: number },
): Promise<TestServer> {
  const server = await TestServer.start(run, options)
  await giveRole(run, server, 'Key Vault Contributor', await connectUser(run, server))
  return server
}

function pythonRunner(run: SuiteRun, server: TestServer, python: string): RunPython {
  return (program, args, { overlay, variables = {} } = {}) =>
    runClient(run, [python, `${PYTHON_PROGRAMS}alibaba/${program}.py`, ...args], {
      sourced: [server.file('connect.env')],
      variables: {
        CANARY: server.canary,
        PYTHONDONTWRITEBYTECODE: 'yes',
        PYTHONWARNINGS: 'ignore',
        ...(overlay === undefined ? {} : { PYTHONPATH: overlayPath(python, overlay) }),
        ...variables,
      },
    })
}

async function runOwnPrograms(run: SuiteRun, runPython: RunPython): Promise<void> {
  for (const flavour of ['sync', 'async']) {
    countChecks(run, `openapi_kms, ${flavour}`, await runPython('openapi_kms', [flavour]))
  }
  countChecks(run, 'newest_kms', await runPython('newest_kms', [], { overlay: 'newest' }))
  countChecks(run, 'legacy_kms', await runPython('legacy_kms', []))
  countChecks(run, 'instance_kms', await runPython('instance_kms', []))
  countChecks(run, 'instance_refusals', await runPython('instance_refusals', []))
  for (const trust of ['ca', 'ignore_ssl', 'environment']) {
    countChecks(run, `transfer_kms, ${trust}`, await runPython('transfer_kms', [trust]))
  }
  const first = await runPython('transfer_kms', ['ca'], { overlay: 'first' })
  countChecks(run, 'transfer_kms of the first version', first)
  countChecks(run, 'trust_kms', await runPython('trust_kms', ['environment']))
  for (const way of ['untrusted', 'ca_file', 'ignore_ssl']) {
    const variables = { SSL_CERT_FILE: '' }
    countChecks(run, 'trust_kms', await runPython('trust_kms', [way], { variables }))
  }
}
