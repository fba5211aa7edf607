import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import { Ended } from '../ended.ts'
import type { Say } from '../language/messages.ts'
import { runChild } from '../run/run-child.ts'

/**
 * `start`, `admin …` and `audit verify`: what the package of the server does, when it is installed
 * beside this one. It brings its own Node, so it is another process.
 */
export function serverCommands(program: Command, context: CommandContext): void {
  const { say } = context
  handingOn(commandWithExample(program, 'start', say('start'), 'start'), say)
    .action((words: readonly string[]) =>
      runServer(['start', ...languageAsked(program), ...words], context))
  handingOn(commandWithExample(program, 'admin', say('admin'), 'admin vault create payments'), say)
    .action((words: readonly string[]) =>
      runServer(['admin', ...languageAsked(program), ...words], context))
  const audit = commandGroup(program, 'audit', say('auditGroup'))
  handingOn(commandWithExample(audit, 'verify', say('auditVerify'), 'audit verify'), say)
    .action((words: readonly string[]) =>
      runServer(['audit-verify', ...languageAsked(program), ...words], context))
}

/** The words of these commands, and their help, are the server's. */
function handingOn(command: Command, say: Say): Command {
  return command.argument('[words...]', say('serverWords')).helpOption(false)
}

/** What stands before the command of a language; the locale is in the environment. */
function languageAsked(program: Command): readonly string[] {
  const language: unknown = program.opts()['lang']
  return typeof language === 'string' ? ['--lang', language] : []
}

async function runServer(words: readonly string[], context: CommandContext): Promise<never> {
  const { say, surroundings } = context
  const command = [...process.execArgv, startFile(say), ...words]
  // By its name the server knows which commands there are to name in its texts.
  throw new Ended(await runChild(process.execPath, command, surroundings.environment, 'claviger'))
}

/** @throws CliError when the package is not there. */
function startFile(say: Say): string {
  try {
    const manifest = createRequire(import.meta.url).resolve('@claviger/server/package.json')
    return join(dirname(manifest), 'start.js')
  } catch {
    throw new CliError(say('startNeedsServer'))
  }
}
