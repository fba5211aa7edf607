import type { SuiteRun } from '../runner/suite-run.ts'
import { admin } from './admin.ts'
import type { TestServer } from './test-server.ts'

/** A vault with access policies, where the client of `connect.env` has but what it is given. */
export const POLICY_VAULT = 'policies'

/** Uses of keys and what brings them in, without reading: a client then has to ask for everything. */
export const USE_WITHOUT_READING =
  'create,import,encrypt,decrypt,sign,verify,wrapKey,unwrapKey,delete'

/** @throws Error with what the admin command said when it failed. */
export async function createPolicyVault(run: SuiteRun, server: TestServer): Promise<void> {
  await admin(run, server, [
    'vault', 'create', POLICY_VAULT, '--authorization', 'accessPolicies',
  ])
}

/** Replaces what the client may do there, such as `['--keys', 'get,list']`. */
export async function setPolicy(
  run: SuiteRun,
  server: TestServer,
  permissions: readonly string[],
): Promise<void> {
  // Both files of the data folder sign in as the same application.
  const { AZURE_CLIENT_ID = '' } = server.variables('connect-service-principal.env')
  const whom = ['--vault', POLICY_VAULT, '--principal', AZURE_CLIENT_ID]
  await admin(run, server, ['policy', 'set', ...whom, ...permissions])
}

/** Its URL, as `connect.env` would have it. */
export function policyVaultUrl({ place }: TestServer): string {
  const port = place.port === 443 ? '' : `:${place.port}`
  return `https://${POLICY_VAULT}.vault.${place.domain}${port}`
}
