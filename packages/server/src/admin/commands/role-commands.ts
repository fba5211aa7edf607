import type { Command } from 'commander'
import type { AdminContext } from '../admin-context.ts'
import { AdminError } from '../admin-error.ts'
import { recordsOf, textOf, type AdminRecord } from '../admin-record.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import { findAssignee } from '../find-principal.ts'
import { scopeOf, type ScopeOptions } from '../scope-of.ts'
import type { Columns } from '../table.ts'

const ROLE: Columns = { id: 'id', name: 'name', 'built in': 'builtIn', description: 'description' }
const ROLE_DETAILS: Columns = {
  ...ROLE,
  actions: 'actions',
  'not actions': 'notActions',
  'data actions': 'dataActions',
  'not data actions': 'notDataActions',
}

/** `role list|create|delete`. */
export function roleCommands(program: Command, { ask, show }: AdminContext): void {
  const group = commandGroup(program, 'role', 'see roles, and make your own')
  commandWithExample(group, 'list', 'show the built-in roles and your own', 'role list')
    .action(async () => show(await ask('roles/list'), ROLE))
  commandWithExample(
    group, 'create <name>', 'make a role; in the name of an action * stands for any text',
    'role create "Secret lister" \\\n' +
      '    --data-action Microsoft.KeyVault/vaults/secrets/readMetadata/action',
  )
    .option('--description <text>', 'what it is for', '')
    .option('--action <action...>', 'what it grants on the control plane', [])
    .option('--not-action <action...>', 'what it leaves out of that', [])
    .option('--data-action <action...>', 'what it grants on data', [])
    .option('--not-data-action <action...>', 'what it leaves out of that', [])
    .action(async (name: string, options: RoleOptions) => {
      const input = {
        name,
        description: options.description,
        actions: options.action,
        notActions: options.notAction,
        dataActions: options.dataAction,
        notDataActions: options.notDataAction,
      }
      show(await ask('roles/create', input), ROLE_DETAILS)
    })
  commandWithExample(
    group,
    'delete <name-or-id>',
    'delete a role of your own that nobody has any more',
    'role delete "Secret lister"',
  ).action(async (meant: string) => {
    const { id } = findRole(recordsOf(await ask('roles/list')), meant)
    show(await ask('roles/delete', { id }), ROLE)
  })
}

interface RoleOptions {
  readonly description: string
  readonly action: readonly string[]
  readonly notAction: readonly string[]
  readonly dataAction: readonly string[]
  readonly notDataAction: readonly string[]
}

interface AssignOptions extends ScopeOptions {
  readonly role: string
  readonly assignee: string
}

/** `role-assignment create|list|delete|restore-owner`. */
export function roleAssignmentCommands(program: Command, context: AdminContext): void {
  const { ask, show } = context
  const group = commandGroup(program, 'role-assignment', 'give roles and take them away')
  commandWithExample(
    group, 'create', 'give somebody a role at a scope and below it',
    'role-assignment create --role "Key Vault Secrets User" --assignee billing --vault payments',
  )
    .requiredOption('--role <name-or-id>', 'the role; role list shows them')
    .requiredOption('--assignee <id>', 'object id, client id, user name or display name')
    .option('--scope <scope>', 'a resource id, or / for everything in the tenant')
    .option('--vault <name>', 'instead of --scope: one vault')
    .option('--secret <name>', 'with --vault: one secret of it')
    .option('--key <name>', 'with --vault: one key of it')
    .action(async (options: AssignOptions) => {
      const roles = recordsOf(await ask('roles/list'))
      const roleDefinition = textOf(findRole(roles, options.role), 'id')
      const scope = await scopeOf(context, options)
      const principal = await findAssignee(context, options.assignee)
      const made = await ask('roleAssignments/create', { principal, roleDefinition, scope })
      show(made, assignmentColumns(roles))
    })
  commandWithExample(
    group,
    'list',
    'show who has which role where',
    'role-assignment list --assignee billing',
  )
    .option('--assignee <id>', 'only those of one principal')
    .action(async ({ assignee }: { readonly assignee?: string }) => {
      const principal = assignee === undefined ? undefined : await findAssignee(context, assignee)
      const input = principal === undefined ? {} : { principal }
      const roles = recordsOf(await ask('roles/list'))
      show(await ask('roleAssignments/list', input), assignmentColumns(roles))
    })
  commandWithExample(
    group,
    'delete <id>',
    'take a role away; it holds at once',
    'role-assignment delete 0f8fad5b-d9cb-469f-a165-70867728950e',
  ).action(async (id: string) =>
    show(await ask('roleAssignments/delete', { id }), assignmentColumns([])))
  commandWithExample(
    group,
    'restore-owner',
    'make the administrator application Owner at / again, when nobody is left who could',
    'role-assignment restore-owner',
  )
    .option('--tenant <id>', 'of another tenant than the default one')
    .action(async (options: { readonly tenant?: string }) =>
      show(await ask('roleAssignments/restoreOwner', options), assignmentColumns([])))
}

function assignmentColumns(roles: readonly AdminRecord[]): Columns {
  const nameOf = (assignment: AdminRecord): string => {
    const id = textOf(assignment, 'roleDefinition')
    const role = roles.find((one) => textOf(one, 'id') === id)
    return role === undefined ? id : textOf(role, 'name')
  }
  return { id: 'id', role: nameOf, principal: 'principal', scope: 'scope', created: 'createdAt' }
}

function findRole(roles: readonly AdminRecord[], meant: string): AdminRecord {
  const wanted = meant.toLowerCase()
  const found = roles.filter((role) =>
    [textOf(role, 'id'), textOf(role, 'name')].some((text) => text.toLowerCase() === wanted))
  const [only] = found
  if (only === undefined) {
    throw new AdminError(`There is no role ${JSON.stringify(meant)}; role list shows them.`)
  }
  if (found.length === 1) return only
  throw new AdminError(`${found.length} roles are called ${JSON.stringify(meant)}; give the id.`)
}
