import type { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { commandWithExample } from '../command-group.ts'
import { readNamedFile, writeNamedFile } from '../files.ts'
import type { MessageName } from '../language/messages.ts'
import type { Columns } from '../output/table.ts'
import { readFlag, readNumber } from '../read-options.ts'
import { vaultUrlOf, type VaultOptions } from '../vault-url.ts'
import { collected } from './collected.ts'
import type { ListedObject, Listing, ObjectSource } from './object-source.ts'
import {
  type Noun,
  targetOf,
  type TargetOptions,
  vaultByIdOf,
  withTarget,
  withVault,
  withVaultId,
} from './object-target.ts'

/** A kind of objects whose commands are made here. */
export interface LivingNoun extends Noun {
  /** The group that its commands are in. */
  readonly name: string
  /** What a listing leaves out unless asked: what certificates own, or what is being made. */
  readonly leftOut: 'managed' | 'pending'
  readonly sourceOf: (vaultUrl: string) => ObjectSource
}

interface ListOptions extends TargetOptions {
  readonly maxresults?: string
  readonly includeManaged?: string | true
  readonly includePending?: string | true
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
  const show = (
    options: ListOptions,
    list: (which: Listing) => AsyncIterable<ListedObject>,
  ): Promise<void> => {
    const most = readNumber('--maxresults', options.maxresults, { least: 1, most: 100_000 }, say)
    const includeManaged = readFlag('--include-managed', options.includeManaged, say) ?? false
    const includePending = readFlag('--include-pending', options.includePending, say) ?? false
    const isShown = ({ managed }: ListedObject): boolean => !managed || includeManaged
    return give(columnsOf(context), () => collected(list({ includePending }), isShown, most))
  }
  const limited = (command: Command): Command =>
    command.option('--maxresults <n>', say('optionMaximum'))
  const whole = (command: Command): Command =>
    noun.leftOut === 'managed'
      ? command.option('--include-managed [true|false]', say('optionManaged'))
      : command.option('--include-pending [true|false]', say('optionPending'))

  const ofVault = (verb: string, about: MessageName): Command =>
    whole(
      limited(withVaultId(commandWithExample(group, verb, say(about), `${name} ${verb}`), context)),
    )

  ofVault('list', 'list').action((options: ListOptions) =>
    show(options, (which) => sourceOf(vaultByIdOf(options, context)).list(which)))
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
  ofVault('list-deleted', 'listDeleted').action((options: ListOptions) =>
    show(options, (which) => sourceOf(vaultByIdOf(options, context)).listDeleted(which)))
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
