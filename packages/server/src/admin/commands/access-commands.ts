import type { Command } from 'commander'
import type { AdminContext } from '../admin-context.ts'
import { recordOf, textOf, type AdminRecord } from '../admin-record.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import { findAssignee } from '../find-principal.ts'
import { scopeOf, type ScopeOptions } from '../scope-of.ts'
import type { Columns } from '../table.ts'

const EXPLANATION: Columns = {
  allowed: 'allowed',
  'decided by': 'decidedBy',
  reason: 'reason',
  assignment: (record) => memberOf(record, 'assignment', 'id'),
  'its role': (record) => memberOf(record, 'assignment', 'roleName'),
  'its scope': (record) => memberOf(record, 'assignment', 'scope'),
  'through group': (record) => memberOf(record, 'assignment', 'through'),
  'what it lacks': 'lacks',
  policy: 'policy',
  'missing permission': 'missingPermission',
  'state of the object': 'objectState',
  'smallest role': (record) => memberOf(record, 'smallestRole', 'name'),
  'to be given at': (record) => memberOf(record, 'smallestRole', 'scope'),
}

interface ExplainOptions extends ScopeOptions {
  readonly principal: string
  readonly action: string
  readonly address?: string
}

/** `access explain`. */
export function accessCommands(program: Command, context: AdminContext): void {
  const { ask, show } = context
  const group = commandGroup(program, 'access', 'see why somebody may do something, or may not')
  commandWithExample(
    group, 'explain', 'say what decides, and which smallest role would do',
    'access explain --principal billing --action secrets/get --vault payments --secret db-password',
  )
    .requiredOption('--principal <id>', 'object id, client id, user name or display name')
    .requiredOption('--action <name>', 'a permission such as secrets/get, or an action in full')
    .option('--scope <scope>', 'a resource id, or / for everything in the tenant')
    .option('--vault <name>', 'instead of --scope: one vault')
    .option('--secret <name>', 'with --vault: one secret of it')
    .option('--key <name>', 'with --vault: one key of it')
    .option('--address <address>', 'the network address from which it would be done')
    .action(async (options: ExplainOptions) => {
      const scope = await scopeOf(context, options)
      const principal = await findAssignee(context, options.principal)
      const { action, address } = options
      const from = address === undefined ? {} : { clientAddress: address }
      show(await ask('access/explain', { principal, action, scope, ...from }), EXPLANATION)
    })
}

function memberOf(record: AdminRecord, name: string, member: string): string {
  return record[name] === undefined ? '' : textOf(recordOf(record[name]), member)
}
