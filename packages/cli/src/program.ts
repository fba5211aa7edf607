import { Command } from 'commander'
import { certificateCommands } from './certificate/certificate-commands.ts'
import { commandContext } from './command-context.ts'
import { choice, titleExamples } from './command-group.ts'
import { completionCommand } from './completion/completion-command.ts'
import { connectCommand } from './connect/connect-command.ts'
import { doctorCommand } from './doctor/doctor-command.ts'
import { helpIn } from './help.ts'
import { keyCommands } from './key/key-commands.ts'
import { kmsCommand } from './kms/kms-command.ts'
import { LANGUAGES, type Say } from './language/messages.ts'
import { OUTPUTS } from './output/render.ts'
import { runCommand } from './run/run-command.ts'
import { secretCommands } from './secret/secret-commands.ts'
import { serverCommands } from './server/server-commands.ts'
import type { Surroundings } from './surroundings.ts'

/** The whole command; its errors are thrown, never a reason to end the process. */
export function cliProgram(surroundings: Surroundings, say: Say): Command {
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

  secretCommands(program, context)
  keyCommands(program, context)
  certificateCommands(program, context)
  kmsCommand(program, context)
  runCommand(program, context)
  connectCommand(program, context)
  doctorCommand(program, context)
  serverCommands(program, context)
  completionCommand(program, context)
  return program
}
