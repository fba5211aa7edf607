import { objectOf } from '../server/json.ts'
import type { Az } from './az.ts'
import { equals, has, hasOnly, member } from './expected-output.ts'

const GROUP = 'az-policies'
/** Its host name leads here while the suites run, so that its data can be asked for. */
const VAULT = 'az-policies'
const NAMED = ['--name', VAULT] as const
const IN_VAULT = ['--vault-name', VAULT] as const
/** Addresses for documentation: RFC 5737. */
const ELSEWHERE = '203.0.113.0/24'

/** Access policies and network rules of a vault, and what they do to its data. */
export async function checkPolicyCommands(az: Az): Promise<void> {
  await az.gives(['group', 'create', '--name', GROUP, '--location', 'eastus'])
  await az.gives(
    [
      'keyvault', 'create', ...NAMED, '--resource-group', GROUP, '--no-self-perms', 'true',
      '--enable-rbac-authorization', 'false',
    ],
    { properties: { accessPolicies: [], enableRbacAuthorization: false } },
  )
  await checkPolicies(az)
  await checkNetworkRules(az)
  await az.gives(['group', 'delete', '--name', GROUP, '--yes'])
}

async function checkPolicies(az: Az): Promise<void> {
  const client = member(objectOf(await az.gives(['account', 'show']))['user'], 'name')
  const set = ['keyvault', 'set-policy', ...NAMED]
  const show = ['keyvault', 'secret', 'show', ...IN_VAULT, '--name', 'secret']
  await az.refuses(['keyvault', 'secret', 'list', ...IN_VAULT], /\(Forbidden\)/)
  await az.gives(
    [...set, '--spn', client, '--secret-permissions', 'get', 'set', '--key-permissions', 'all'],
    { properties: { accessPolicies: [{ permissions: { keys: ['all'] } }] } },
  )
  await az.gives(
    ['keyvault', 'secret', 'set', ...IN_VAULT, '--name', 'secret', '--value', az.server.canary],
    { name: 'secret', value: az.server.canary },
  )
  await az.gives(show, { value: az.server.canary })
  await az.refuses(['keyvault', 'secret', 'list', ...IN_VAULT], /\(Forbidden\)/)
  await az.gives(['keyvault', 'key', 'create', ...IN_VAULT, '--name', 'key'])
  await az.gives([...set, '--spn', client, '--secret-permissions', 'list'])
  await az.gives(['keyvault', 'secret', 'list', ...IN_VAULT], hasOnly('name', 'secret'))
  await az.refuses(show, /\(Forbidden\)/)
  const unknown = [...set, '--spn', client, '--secret-permissions', 'read']
  await az.refuses(unknown, /invalid choice|'read'/)
  await az.refuses(
    [...set, '--upn', 'nobody@example.com', '--secret-permissions', 'get'],
    /object id|does not exist|not found/i,
  )
  await az.gives(
    ['keyvault', 'delete-policy', ...NAMED, '--spn', client],
    { properties: { accessPolicies: [] } },
  )
  await az.refuses(['keyvault', 'key', 'list', ...IN_VAULT], /\(Forbidden\)/)
  await az.gives([...set, '--spn', client, '--secret-permissions', 'get', 'list'])
}

async function checkNetworkRules(az: Az): Promise<void> {
  const rule = ['keyvault', 'network-rule']
  const show = ['keyvault', 'secret', 'show', ...IN_VAULT, '--name', 'secret']
  const updated = (defaultAction: string): object =>
    ({ properties: { networkAcls: { defaultAction } } })
  await az.gives([...rule, 'add', ...NAMED, '--ip-address', ELSEWHERE])
  await az.gives(['keyvault', 'update', ...NAMED, '--default-action', 'Deny'], updated('Deny'))
  await az.refuses(show, /Client address is not authorized/)
  await az.gives([...rule, 'add', ...NAMED, '--ip-address', '127.0.0.1/32'])
  await az.gives([...rule, 'list', ...NAMED], (output) => {
    const rules = objectOf(output)['ipRules']
    has('value', ELSEWHERE)(rules)
  })
  await az.gives(show, { value: az.server.canary })
  await az.gives([...rule, 'remove', ...NAMED, '--ip-address', '127.0.0.1/32'])
  await az.refuses(show, /Client address is not authorized/)
  await az.gives(['keyvault', 'update', ...NAMED, '--default-action', 'Allow'], updated('Allow'))
  await az.gives(show, { value: az.server.canary })
  await az.gives(
    ['keyvault', 'update', ...NAMED, '--public-network-access', 'Disabled'],
    { properties: { publicNetworkAccess: 'Disabled' } },
  )
  await az.refuses(show, /\(Forbidden\)/)
  await az.gives(['keyvault', 'update', ...NAMED, '--public-network-access', 'Enabled'])
  await az.gives([...show, '--query', 'value'], equals(az.server.canary))
  await az.refuses([...rule, 'add', ...NAMED, '--ip-address', '300.0.0.1'], /does not appear to be/)
}
