import type { Command } from 'commander'
import { speaking } from '../language/messages.ts'
import { cliProgram } from '../program.ts'
import type { Surroundings } from '../surroundings.ts'

/** Where the generated page stands. */
export const commandPage: URL = new URL('../../../../docs/reference/cli.md', import.meta.url)

/** Renders `docs/reference/cli.md` from the help of the command, in English. */
export function commandDocs(): string {
  const program = cliProgram(silent, speaking('en'))
  const parts = [
    '<!-- Made from packages/cli by "npm run docs"; not by hand. -->',
    '# The command line',
    '',
    '`claviger <noun> <verb> …` works with Azure Key Vault and with Claviger alike. Its words and',
    'options are those of `az keyvault`. How it is used is told in',
    '[use the command line](../how-to/use-the-command-line.md).',
    '',
    block(program),
    ...program.commands.flatMap((noun) => section(noun, '##', noun.name())),
  ]
  return `${parts.join('\n').trimEnd()}\n`
}

function section(command: Command, heading: string, path: string): readonly string[] {
  const own = command.commands.length === 0 ? block(command) : `${command.description()}.\n`
  const inner = command.commands.flatMap((one) =>
    section(one, `${heading}#`, `${path} ${one.name()}`),
  )
  return [`${heading} ${path}`, '', own, ...inner]
}

function block(command: Command): string {
  const lines: string[] = []
  command.configureOutput({ writeOut: (text) => lines.push(text) })
  command.outputHelp()
  return ['```', lines.join('').trimEnd(), '```', ''].join('\n')
}

const silent: Surroundings = {
  environment: {},
  workingDirectory: '/',
  outIsTerminal: false,
  errIsTerminal: false,
  inputIsTerminal: true,
  out: () => undefined,
  err: () => undefined,
  input: () => {
    throw new TypeError('the documentation reads nothing')
  },
}
