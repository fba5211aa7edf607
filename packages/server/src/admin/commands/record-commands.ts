import type { Command } from 'commander'
import type { AdminContext } from '../admin-context.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'

/** `record remove-damaged`. */
export function recordCommands(program: Command, { ask, note }: AdminContext): void {
  const group = commandGroup(program, 'record', 'remove what is stored and damaged')
  commandWithExample(
    group,
    'remove-damaged <record>',
    'remove the record of an object that does not open; one that opens is refused',
    'record remove-damaged 4f0c…/v/9a1b…/secret/db-password',
  )
    .action(async (record: string) => {
      await ask('records/removeDamaged', { record })
      note(`Removed ${record}. Set the object again, or restore it from a backup of its own.`)
    })
}
