import { resolve } from 'node:path'
import type { Command } from 'commander'
import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { commandWithExample } from '../command-group.ts'
import { offerWords } from '../completion/offered-words.ts'
import { shellWord } from '../output/shell-word.ts'
import { changeFile } from './change-file.ts'
import { HOSTS, hostLines } from './host-lines.ts'
import { markedLines, withLines, withoutLines } from './marked-lines.ts'
import {
  isProgramName,
  linesOf,
  notesOf,
  PROGRAM_NAMES,
  type ProgramName,
  undoLinesOf,
} from './programs.ts'
import { type PlaceOptions, serverPlaceOf } from './server-place.ts'
import { trustFilesOf } from './trust-files.ts'

interface ConnectOptions extends PlaceOptions {
  readonly caFile?: string
  readonly tenant?: string
  readonly address?: string
  readonly write?: string
  readonly remove?: true
}

/**
 * `connect`: prints or writes what a program needs to reach a server, for a POSIX shell to source,
 * and takes it back. Nothing of it is secret.
 */
export function connectCommand(program: Command, context: CommandContext): void {
  const { say, surroundings } = context
  const words = [...PROGRAM_NAMES, HOSTS]
  const programs = words.join(', ')
  const command = commandWithExample(
    program,
    'connect',
    say('connect'),
    'connect node --write ~/.profile',
  )
  offerWords(command, words)
    .argument('<what>', say('choices', { choices: programs }))
    .option('--domain <domain>', say('optionDomain'))
    .option('--port <port>', say('optionPort'))
    .option('--vault-name <name>', say('optionVaultName'))
    .option('--ca-file <file>', say('optionCaFile'))
    .option('--tenant <id>', say('optionTenant'))
    .option('--address <address>', say('optionAddress'))
    .option('--write <file>', say('optionWrite'))
    .option('--remove', say('optionRemove'))
    .action(async (what: string, options: ConnectOptions) => {
      if (!isProgramName(what) && what !== HOSTS) {
        throw usageError(say('noProgram', { word: what, programs }))
      }
      if (options.remove === true) {
        if (what === HOSTS && options.write === undefined) throw usageError(say('removeFromWhat'))
        await changeNamed(options.write, context, (file) => withoutLines(file, what))
        if (what === HOSTS) return
        // For the shells that have sourced it already.
        const trust = await trustFilesOf(options.caFile, context).catch(() => undefined)
        surroundings.out(`${undoLinesOf(what, trust).join('\n')}\n`)
        return
      }
      const lines =
        what === HOSTS
          ? hostLines(serverPlaceOf(options, context), options.address, context)
          : await connectLines(what, options, context)
      const block = markedLines(what, lines)
      if (options.write === undefined) surroundings.out(block)
      else await changeNamed(options.write, context, (file) => withLines(file, what, octetsOf(block)))
    })
}

async function connectLines(
  what: ProgramName,
  options: ConnectOptions,
  context: CommandContext,
): Promise<readonly string[]> {
  const { say } = context
  const { tenant } = options
  if (tenant !== undefined && !/^[\w.-]+$/.test(tenant)) {
    throw usageError(say('badTenant', { tenant }))
  }
  const place = serverPlaceOf(options, context)
  const trust = await trustFilesOf(options.caFile, context)
  const named = options.caFile === undefined || trust === undefined
    ? ''
    : ` --ca-file ${shellWord(trust.caFile)}`
  const notes = [
    say('noteNames', { hosts: place.hosts.join(', ') }),
    ...notesOf(what, trust).map((note) => say(note, { tenant: tenant ?? '<tenant>' })),
    say('noteBack', { command: `claviger connect ${what} --remove${named}` }),
  ]
  return [...notes.map((note) => `# ${note}`), ...linesOf(what, { place, trust, tenant })]
}

async function changeNamed(
  name: string | undefined,
  { surroundings }: CommandContext,
  change: (file: string | undefined) => string | undefined,
): Promise<void> {
  if (name !== undefined) await changeFile(resolve(surroundings.workingDirectory, name), change)
}

/** The octets of a text, each as a character, as files are read here. */
function octetsOf(text: string): string {
  return Buffer.from(text).toString('latin1')
}
