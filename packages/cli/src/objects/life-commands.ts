import type { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { commandWithExample } from '../command-group.ts'
import { readNamedFile, writeNamedFile } from '../files.ts'
import type { MessageName } from '../language/messages.ts'
import type { Columns } from '../output/table.ts'
import { readNumber } from '../read-options.ts'
import { vaultUrlOf, type VaultOptions } from '../vault-url.ts'
import { collected } from './collected.ts'
import type { ListedObject, ObjectSource } from './object-source.ts'
import { type Noun, targetOf, type TargetOptions, withTarget, withVault } from './object-target.ts'

/** A kind of objects whose commands are made here. */
export interface LivingNoun extends Noun {
  /** The group that its commands are in. */
  readonly name: string
  readonly sourceOf: (vaultUrl: string) => ObjectSource
}

interface ListOptions extends TargetOptions {
  readonly maxresults?: string
  readonly includeManaged?: true
}

interface FileOptions extends TargetOptions {
  readonly file: string
  readonly overwrite?: true
  readonly wait: boolean
}

/** What keys, secrets and certificates have alike: they are listed, deleted, recovered and kept. */
export function lifeCommands(group: Command, noun: LivingNoun, context: CommandContext): void {
  listCommands(group, noun, context)
  deletionCommands(group, noun, context)
  backupCommands(group, noun, context)
}

function listCommands(group: Command, noun: LivingNoun, context: CommandContext): void {
  const { say, give } = context
  const { name, sourceOf } = noun
  const show = (options: ListOptions, list: () => AsyncIterable<ListedObject>): Promise<void> => {
    const most = readNumber('--maxresults', options.maxresults, { least: 1, most: 100_000 }, say)
    const isShown = ({ managed }: ListedObject): boolean => !managed || options.includeManaged === true
    return give(columnsOf(context), () => collected(list(), isShown, most))
  }
  const limited = (command: Command): Command =>
    command.option('--maxresults <n>', say('optionMaximum'))

  limited(withVault(commandWithExample(group, 'list', say('list'), `${name} list`), context))
    .option('--include-managed', say('optionManaged'))
    .action((options: ListOptions) =>
      show(options, sourceOf(vaultUrlOf(options, context)).list))
  limited(
    withTarget(
      commandWithExample(group, 'list-versions', say('listVersions'), `${name} list-versions -n example`),
      noun,
      context,
    ),
  ).action((options: ListOptions) => {
    const target = targetOf(options, noun, context)
    return show({ ...options, includeManaged: true }, () =>
      sourceOf(target.vaultUrl).listVersions(target.name),
    )
  })
  limited(
    withVault(commandWithExample(group, 'list-deleted', say('listDeleted'), `${name} list-deleted`), context),
  )
    .option('--include-managed', say('optionManaged'))
    .action((options: ListOptions) =>
      show(options, sourceOf(vaultUrlOf(options, context)).listDeleted))
}

function deletionCommands(group: Command, noun: LivingNoun, context: CommandContext): void {
  const { say, give, act } = context
  const { name, sourceOf } = noun
  const command = (verb: string, description: MessageName): Command =>
    withTarget(
      commandWithExample(group, verb, say(description), `${name} ${verb} -n example`),
      noun,
      context,
    )
  const columns = columnsOf(context)

  command('show-deleted', 'showDeleted').action((options: TargetOptions) =>
    give(columns, () => {
      const target = targetOf(options, noun, context)
      return sourceOf(target.vaultUrl).showDeleted(target.name)
    }))
  for (const verb of ['delete', 'recover'] as const) {
    command(verb, verb)
      .option('--no-wait', say('optionNoWait'))
      .action((options: FileOptions) =>
        give(columns, () => {
          const target = targetOf(options, noun, context)
          return sourceOf(target.vaultUrl)[verb](target.name, options.wait)
        }))
  }
  command('purge', 'purge').action((options: TargetOptions) =>
    act(() => {
      const target = targetOf(options, noun, context)
      return sourceOf(target.vaultUrl).purge(target.name)
    }))
}

function backupCommands(group: Command, noun: LivingNoun, context: CommandContext): void {
  const { say, give, act } = context
  const { name, sourceOf } = noun
  withTarget(
    commandWithExample(group, 'backup', say('backup'), `${name} backup -n example -f example.backup`),
    noun,
    context,
  )
    .requiredOption('-f, --file <file>', say('optionFileOut'))
    .option('--overwrite', say('optionOverwrite'))
    .action((options: FileOptions) =>
      act(async () => {
        const target = targetOf(options, noun, context)
        const backup = await sourceOf(target.vaultUrl).backup(target.name)
        await writeNamedFile(options.file, backup, options.overwrite === true, context)
      }))
  withVault(
    commandWithExample(group, 'restore', say('restore'), `${name} restore -f example.backup`),
    context,
  )
    .requiredOption('-f, --file <file>', say('optionFileIn'))
    .action((options: FileOptions & VaultOptions) =>
      give(columnsOf(context), async () =>
        sourceOf(vaultUrlOf(options, context)).restore(await readNamedFile(options.file, context))))
}

/** What a table of objects without values shows. */
export function columnsOf({ say }: CommandContext): Columns {
  return {
    [say('titleName')]: 'name',
    [say('titleVersion')]: 'version',
    [say('titleEnabled')]: 'attributes.enabled',
    [say('titleUpdated')]: 'attributes.updated',
    [say('titleExpires')]: 'attributes.expires',
    [say('titleDeleted')]: 'deletedDate',
    [say('titlePurge')]: 'scheduledPurgeDate',
  }
}
