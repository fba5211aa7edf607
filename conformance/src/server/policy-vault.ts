import type { SuiteRun } from '../runner/suite-run.ts'
import { admin } from './admin.ts'
import { objectOf, textOf } from './json.ts'
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
  const [, payload = ''] = (await server.token()).split('.')
  const claims = objectOf(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
  const whom = ['--vault', POLICY_VAULT, '--principal', textOf(claims, 'oid')]
  await admin(run, server, ['policy', 'set', ...whom, ...permissions])
}

/** Its URL, as `connect.env` would have it. */
export function policyVaultUrl({ place }: TestServer): string {
  const port = place.port === 443 ? '' : `:${place.port}`
  return `https://${POLICY_VAULT}.vault.${place.domain}${port}`
}
