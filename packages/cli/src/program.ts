import { Command } from 'commander'
import { type CommandContext, commandContext } from './command-context.ts'
import { choice, titleExamples } from './command-group.ts'
import { firstOperand } from './first-operand.ts'
import { helpIn } from './help.ts'
import { LANGUAGES, type Say } from './language/messages.ts'
import { OUTPUTS } from './output/render.ts'
import type { Surroundings } from './surroundings.ts'

/** Commands of one file, by their first words. */
interface CommandFile {
  readonly names: readonly string[]
  readonly load: () => Promise<(program: Command, context: CommandContext) => void>
}

/** All commands, in the order of the help. */
const COMMANDS: readonly CommandFile[] = [
  {
    names: ['secret'],
    load: async () => (await import('./secret/secret-commands.ts')).secretCommands,
  },
  { names: ['key'], load: async () => (await import('./key/key-commands.ts')).keyCommands },
  {
    names: ['certificate'],
    load: async () => (await import('./certificate/certificate-commands.ts')).certificateCommands,
  },
  { names: ['kms'], load: async () => (await import('./kms/kms-command.ts')).kmsCommand },
  { names: ['run'], load: async () => (await import('./run/run-command.ts')).runCommand },
  {
    names: ['connect'],
    load: async () => (await import('./connect/connect-command.ts')).connectCommand,
  },
  { names: ['doctor'], load: async () => (await import('./doctor/doctor-command.ts')).doctorCommand },
  {
    names: ['start', 'admin', 'audit'],
    load: async () => (await import('./server/server-commands.ts')).serverCommands,
  },
  {
    names: ['completion'],
    load: async () => (await import('./completion/completion-command.ts')).completionCommand,
  },
]

/**
 * The program, whose errors are thrown and never a reason to end the process. Of its commands it has
 * only those that `argv` names, as to load all takes longer than most of them run; else all.
 */
export async function cliProgram(
  surroundings: Surroundings,
  say: Say,
  argv: readonly string[] = [],
): Promise<Command> {
  const program = new Command()
  const context = commandContext(program, surroundings, say)
  titleExamples(program, say('exampleTitle'))
  program
    .name('claviger')
    .usage('<noun> <verb> …')
    .description(say('about'))
    .addOption(choice('-o, --output <form>', say('optionOutput'), OUTPUTS))
    .option('--query <expression>', say('optionQuery'))
    .option('--show', say('optionShow'))
    .addOption(choice('--lang <language>', say('optionLang'), Object.keys(LANGUAGES)))
    .helpOption('-h, --help', say('help'))
    .addHelpText('after', `\n${say('exitCodes')}`)
    // Before the commands are made, which inherit it.
    .exitOverride()
    .configureOutput({
      writeOut: surroundings.out,
      writeErr: surroundings.err,
      // Said once, by `runCli`, in the language of the run.
      outputError: () => undefined,
    })
    .configureHelp(helpIn(say))
    .helpCommand(false)

  const noun = argv[firstOperand(program, argv)] ?? ''
  const named = COMMANDS.filter(({ names }) => names.includes(noun))
  // Help tells of all commands and so does completion, and what is none of them may be meant as one.
  const isWhole = named.length === 0 || noun === 'completion'
  const made = (isWhole ? COMMANDS : named).map(({ load }) => load())
  for (const make of await Promise.all(made)) make(program, context)
  return program
}
