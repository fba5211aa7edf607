import type { Command } from 'commander'
import type { AdminContext } from '../admin-context.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import type { Columns } from '../table.ts'

const COLUMNS: Columns = {
  name: 'displayName',
  'tenant id': 'id',
  subscription: 'subscription',
  created: 'createdAt',
}

/** `tenant create|list`. */
export function tenantCommands(program: Command, { ask, show, note }: AdminContext): void {
  const group = commandGroup(
    program,
    'tenant',
    'tenants: directories, subscriptions and issuers that see nothing of each other',
  )
  commandWithExample(
    group,
    'create <name>',
    'make another tenant, with an application that administers all of it',
    'tenant create contoso',
  ).action(async (displayName: string) => {
    const created = await ask('tenants/create', { displayName })
    show(created, { ...COLUMNS, 'client id': 'appId', 'client secret': 'secret' })
    note('The secret is shown this once; sign in with it at this tenant id.')
  })
  commandWithExample(group, 'list', 'list the tenants of this server', 'tenant list').action(
    async () => show(await ask('tenants/list', {}), COLUMNS),
  )
}
