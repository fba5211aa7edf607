import type { Command } from 'commander'
import type { AdminContext } from '../admin-context.ts'
import { AdminError, EXIT } from '../admin-error.ts'
import { recordOf, recordsOf } from '../admin-record.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import { findAssignee } from '../find-principal.ts'
import type { Columns } from '../table.ts'

const CLASSES = ['keys', 'secrets', 'certificates', 'storage'] as const
const COLUMNS: Columns = {
  principal: 'principal',
  application: 'appId',
  ...Object.fromEntries(CLASSES.map((name) => [name, (policy: object) => granted(policy, name)])),
}

type PolicyOptions = Readonly<Partial<Record<(typeof CLASSES)[number], string>>> & {
  readonly vault: string
  readonly principal: string
}

/** `policy set|remove|list`: access policies, for vaults that use them instead of roles. */
export function policyCommands(program: Command, context: AdminContext): void {
  const { ask, show } = context
  const group = commandGroup(
    program,
    'policy',
    'manage access policies of vaults that use them instead of roles',
  )
  const shown = (vault: unknown): void =>
    show(recordsOf(recordOf(vault)['accessPolicies'] ?? []), COLUMNS)

  const set = commandWithExample(
    group, 'set', 'give a principal permissions; its former ones in this vault are replaced',
    'policy set --vault payments --principal billing --secrets get,list',
  )
    .requiredOption('--vault <name>', 'the vault')
    .requiredOption('--principal <id>', 'object id, client id, user name or display name')
  for (const name of CLASSES) {
    set.option(`--${name} <names>`, `permissions on ${name}, separated by commas`)
  }
  set.action(async (options: PolicyOptions) => {
    const permissions = permissionsOf(options)
    const principal = await findAssignee(context, options.principal)
    const input = { vault: options.vault, policy: { principal, permissions } }
    shown(await ask('vaults/setAccessPolicy', input))
  })
  commandWithExample(
    group,
    'remove',
    'take all permissions of a principal away',
    'policy remove --vault payments --principal billing',
  )
    .requiredOption('--vault <name>', 'the vault')
    .requiredOption('--principal <id>', 'object id, client id, user name or display name')
    .action(async ({ vault, principal }: PolicyOptions) => {
      const input = { vault, principal: await findAssignee(context, principal) }
      shown(await ask('vaults/removeAccessPolicy', input))
    })
  commandWithExample(
    group,
    'list',
    'show the access policies of a vault',
    'policy list --vault payments',
  )
    .requiredOption('--vault <name>', 'the vault')
    .action(async ({ vault }: PolicyOptions) => shown(await ask('vaults/get', { vault })))
}

function permissionsOf(options: PolicyOptions): Readonly<Record<string, readonly string[]>> {
  const given = CLASSES.flatMap((name) => {
    const names = options[name]?.split(',').map((one) => one.trim()).filter((one) => one !== '')
    return names === undefined ? [] : [[name, names] as const]
  })
  if (given.length > 0) return Object.fromEntries(given)
  const message = 'Give permissions with --keys, --secrets, --certificates or --storage.'
  throw new AdminError(message, EXIT.usage)
}

function granted(policy: object, name: string): string {
  const permissions = 'permissions' in policy ? recordOf(policy.permissions) : {}
  const names = permissions[name]
  return Array.isArray(names) ? names.join(',') : ''
}
