import type { Command } from 'commander'
import type { AdminContext } from '../admin-context.ts'
import { recordsOf, textOf } from '../admin-record.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import { findPrincipal } from '../find-principal.ts'
import type { Columns } from '../table.ts'

const COLUMNS: Columns = {
  'credential id': 'id',
  'access key id': 'hint',
  name: 'displayName',
  enabled: 'enabled',
  created: 'createdAt',
}

/** `credential access-key add|list|enable|disable|remove`. */
export function accessKeyCommands(program: Command, context: AdminContext): void {
  const { ask, show } = context
  const credential = commandGroup(program, 'credential', 'manage credentials that sign requests')
  const group = commandGroup(
    credential,
    'access-key',
    'manage access keys of applications, identities and users',
  )
  const idOf = async (meant: string): Promise<string> =>
    textOf(await findPrincipal(context, meant), 'id')
  const change = async (meant: string, key: string, enabled: boolean): Promise<void> => {
    const input = { principal: await idOf(meant), credential: key, enabled }
    show(await ask('credentials/update', input), COLUMNS)
  }
  const key = '0f8fad5b-d9cb-469f-a165-70867728950e'

  commandWithExample(
    group,
    'add <principal>',
    'make an access key; its secret is shown this once',
    'credential access-key add Ada --name laptop',
  )
    .option('--name <name>', 'what it is for', 'access key')
    .action(async (meant: string, { name }: { readonly name: string }) => {
      const principal = await idOf(meant)
      const made = await ask('credentials/createAccessKey', { principal, displayName: name })
      context.note('This secret is shown this once and cannot be shown again; store it safely now.')
      show(made, {
        'credential id': 'id',
        name: 'displayName',
        'access key id': 'accessKeyId',
        'access key secret': 'secret',
      })
    })
  commandWithExample(
    group,
    'list <principal>',
    'show its access keys, without their secrets',
    'credential access-key list Ada',
  ).action(async (meant: string) => {
    const all = recordsOf(await ask('credentials/list', { principal: await idOf(meant) }))
    show(all.filter(({ kind }) => kind === 'accessKey'), COLUMNS)
  })
  commandWithExample(
    group,
    'disable <principal> <credential-id>',
    'refuse what it signs, at once',
    `credential access-key disable Ada ${key}`,
  ).action((meant: string, id: string) => change(meant, id, false))
  commandWithExample(
    group,
    'enable <principal> <credential-id>',
    'accept what it signs again',
    `credential access-key enable Ada ${key}`,
  ).action((meant: string, id: string) => change(meant, id, true))
  commandWithExample(
    group,
    'remove <principal> <credential-id>',
    'remove it for good; what it signs is refused at once',
    `credential access-key remove Ada ${key}`,
  ).action(async (meant: string, id: string) => {
    const input = { principal: await idOf(meant), credential: id }
    show(await ask('credentials/delete', input), COLUMNS)
  })
}
