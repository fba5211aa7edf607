import type { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { withVault } from '../objects/object-target.ts'
import type { VaultOptions } from '../vault-url.ts'

/** How a command line names an issuer. */
export interface IssuerOptions extends VaultOptions {
  readonly issuerName: string
}

/** Adds the options that name an issuer. */
export function withIssuer(command: Command, context: CommandContext): Command {
  return withVault(command, context).requiredOption(
    '--issuer-name <name>',
    context.say('optionIssuerName'),
  )
}
