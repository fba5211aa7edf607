import type { Command } from 'commander'
import type { AdminContext } from '../admin-context.ts'
import { textOf } from '../admin-record.ts'
import { commandWithExample } from '../command-group.ts'
import { findPrincipal } from '../find-principal.ts'

/** `group add-member|remove-member`. */
export function groupMemberCommands(group: Command, context: AdminContext): void {
  const change = (operation: string) => async (container: string, member: string) => {
    const input = {
      group: textOf(await findPrincipal(context, container, 'group'), 'id'),
      member: textOf(await findPrincipal(context, member), 'id'),
    }
    context.show(await context.ask(operation, input), { group: 'group', member: 'member' })
  }
  commandWithExample(
    group, 'add-member <group> <member>', 'put a principal, or another group, into a group',
    'group add-member operators billing',
  ).action(change('groups/addMember'))
  commandWithExample(
    group,
    'remove-member <group> <member>',
    'take a member out of a group',
    'group remove-member operators billing',
  ).action(change('groups/removeMember'))
}
