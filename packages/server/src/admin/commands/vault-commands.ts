import { Option, type Command } from 'commander'
import { wholeNumber, type AdminContext } from '../admin-context.ts'
import { recordOf, type AdminRecord } from '../admin-record.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import type { Columns } from '../table.ts'

const COLUMNS: Columns = {
  name: 'name',
  location: 'location',
  authorization: 'authorization',
  'retention days': 'retentionDays',
  'purge protection': 'purgeProtection',
  state: stateOf,
}
const DETAILS: Columns = { ...COLUMNS, 'resource id': 'resourceId', created: 'createdAt' }

/** `vault …`: the vaults themselves; what is in them is for the data plane. */
export function vaultCommands(program: Command, context: AdminContext): void {
  const { ask, show } = context
  const group = commandGroup(program, 'vault', 'manage vaults')

  commandWithExample(
    group,
    'create <name>',
    'make an empty vault',
    'vault create payments --purge-protection',
  )
    .option('--resource-group <name>', 'a group that is there; the first one of the tenant if absent')
    .option('--location <word>', 'the location it says it is in; that of its group if absent')
    .addOption(authorization())
    .option('--retention-days <n>', 'days that deleted objects can be recovered, 7 to 90')
    .option(
      '--purge-protection',
      'nothing can be purged before its retention is over; cannot be undone',
    )
    .action(async (name: string, options: CreateOptions) => {
      const { retentionDays, ...others } = options
      const input = { name, ...others, ...retention(retentionDays) }
      show(await ask('vaults/create', input), DETAILS)
    })
  commandWithExample(group, 'list', 'show all vaults, deleted ones too', 'vault list')
    .action(async () => show(await ask('vaults/list'), COLUMNS))
  commandWithExample(group, 'show <name>', 'show one vault', 'vault show default --json')
    .action(async (vault: string) => show(await ask('vaults/get', { vault }), DETAILS))
  commandWithExample(
    group,
    'update <name>',
    'change a vault',
    'vault update payments --authorization rbac',
  )
    .addOption(authorization())
    .option('--purge-protection', 'turn purge protection on; it cannot be turned off again')
    .action(async (vault: string, options: object) =>
      show(await ask('vaults/update', { vault, ...options }), DETAILS))
  commandWithExample(
    group,
    'delete <name>',
    'delete a vault so that it can be recovered',
    'vault delete payments',
  )
    .action(async (vault: string) => show(await ask('vaults/delete', { vault }), DETAILS))
  commandWithExample(
    group,
    'recover <name>',
    'bring a deleted vault back',
    'vault recover payments',
  )
    .action(async (vault: string) => show(await ask('vaults/recover', { vault }), DETAILS))
  commandWithExample(
    group,
    'purge <name>',
    'destroy a deleted vault for good',
    'vault purge payments',
  )
    .action((vault: string) => purge(context, vault))
}

interface CreateOptions {
  readonly resourceGroup?: string
  readonly location?: string
  readonly authorization?: string
  readonly retentionDays?: string
  readonly purgeProtection?: true
}

function authorization(): Option {
  return new Option(
    '--authorization <model>',
    'who may use its data: by roles, or by access policies',
  )
    .choices(['rbac', 'accessPolicies'])
}

function retention(days: string | undefined): { readonly retentionDays?: number } {
  return days === undefined ? {} : { retentionDays: wholeNumber('--retention-days', days) }
}

/** A large vault takes several steps; each is a commit of its own. */
async function purge({ ask, show }: AdminContext, vault: string): Promise<void> {
  for (;;) {
    const step = recordOf(await ask('vaults/purge', { vault }))
    if (step['done'] === true) return show(step, { purged: 'done' })
  }
}

function stateOf({ deleted }: AdminRecord): string {
  if (deleted === undefined) return 'live'
  const purgeAt = new Date(Number(recordOf(deleted)['scheduledPurgeAt']) * 1000)
  return `deleted, purged on ${purgeAt.toISOString().slice(0, 10)}`
}
