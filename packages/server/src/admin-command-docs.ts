import { mkdirSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { adminProgram } from './admin/program.ts'

/** Where the generated page stands. */
export const adminCommandPage: URL = new URL(
  '../../../docs/reference/admin-command.md',
  import.meta.url,
)

/** Renders `docs/reference/admin-command.md` from the help texts of the command. */
export function adminCommandDocs(): string {
  const parts = [
    '<!-- Generated from packages/server/src/admin by admin-command-docs.ts. Do not edit. -->',
    '# The admin command',
    '',
    '`npm run admin -- <noun> <verb> …`, and `claviger admin <noun> <verb> …` where it was installed',
    'from npm, manages a running server through the Unix socket `admin.sock` in its data folder, which',
    'only the user that runs the server can open. It acts as the administrator application of the',
    'tenant: what it asks for is decided and audited like any other request. `seal change` is the',
    'exception; it needs the server stopped.',
    '',
    'Secrets are shown once, on standard output; everything else that is not the result goes to',
    'standard error. No secret is ever an argument: certificates, key sets and passphrases are read',
    'from files.',
    '',
    block(adminProgram(silent)),
  ]
  for (const noun of adminProgram(silent).commands) parts.push(...section(noun, '##', noun.name()))
  return `${parts.join('\n').trimEnd()}\n`
}

function section(command: Command, heading: string, path: string): readonly string[] {
  const own = command.commands.length === 0 ? [block(command)] : [`${command.description()}.`, '']
  const inner = command.commands.flatMap(
    (one) => section(one, `${heading}#`, `${path} ${one.name()}`),
  )
  return [`${heading} ${path}`, '', ...own, ...inner]
}

function block(command: Command): string {
  return ['```', command.helpInformation().trimEnd(), examplesOf(command), '```', ''].join('\n')
}

/** What `addHelpText` has added is no part of `helpInformation`. */
function examplesOf(command: Command): string {
  const lines: string[] = []
  command.configureOutput({ writeOut: (text) => lines.push(text) })
  command.outputHelp()
  return lines.join('').slice(command.helpInformation().length).trimEnd()
}

const silent = {
  config: () => {
    throw new TypeError('the documentation asks no server')
  },
  workingDirectory: '/',
  language: 'en' as const,
  input: async () => '',
  out: () => undefined,
  err: () => undefined,
}

if (import.meta.main) {
  mkdirSync(new URL('./', adminCommandPage), { recursive: true })
  writeFileSync(adminCommandPage, adminCommandDocs())
}
