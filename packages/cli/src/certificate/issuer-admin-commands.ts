import type { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import { EXIT } from '../exit-codes.ts'
import type { MessageName } from '../language/messages.ts'
import type { Columns } from '../output/table.ts'
import { vaultUrlOf } from '../vault-url.ts'
import type { CertificateNoun } from './certificate-noun.ts'
import { administratorRecord } from './issuer-record.ts'
import { type IssuerOptions, withIssuer } from './issuer-target.ts'

interface AdministratorOptions extends IssuerOptions {
  readonly email: string
  readonly firstName?: string
  readonly lastName?: string
  readonly phone?: string
}

/** `certificate issuer admin list`, `add` and `delete`: who answers for an account at an issuer's. */
export function administratorCommands(
  issuer: Command,
  { clientOf }: CertificateNoun,
  context: CommandContext,
): void {
  const { say, give, act } = context
  const admin = commandGroup(issuer, 'admin', say('issuerAdminGroup'))
  const columns = administratorColumns(context)
  const command = (verb: string, about: MessageName, example = ''): Command =>
    withIssuer(
      commandWithExample(
        admin,
        verb,
        say(about),
        `certificate issuer admin ${verb} --issuer-name acme${example}`,
      ),
      context,
    )

  command('list', 'issuerAdminList').action((options: IssuerOptions) =>
    give(columns, async () => {
      const client = clientOf(vaultUrlOf(options, context))
      const { administratorContacts = [] } = await client.getIssuer(options.issuerName)
      return administratorContacts.map(administratorRecord)
    }))
  command('add', 'issuerAdminAdd', ' --email ca@example.com')
    .requiredOption('--email <address>', say('optionEmail'))
    .option('--first-name <name>', say('optionFirstName'))
    .option('--last-name <name>', say('optionLastName'))
    .option('--phone <number>', say('optionPhone'))
    .action((options: AdministratorOptions) =>
      give(columns, async () => {
        const { email, firstName, issuerName, lastName, phone } = options
        const client = clientOf(vaultUrlOf(options, context))
        const { administratorContacts = [] } = await client.getIssuer(issuerName)
        if (administratorContacts.some((one) => one.email === email)) {
          throw new CliError(say('contactIsThere', { email }), EXIT.conflict)
        }
        const added = {
          email,
          ...(firstName === undefined ? {} : { firstName }),
          ...(lastName === undefined ? {} : { lastName }),
          ...(phone === undefined ? {} : { phone }),
        }
        const contacts = [...administratorContacts, added]
        await client.updateIssuer(issuerName, { administratorContacts: contacts })
        return administratorRecord(added)
      }))
  command('delete', 'issuerAdminDelete', ' --email ca@example.com')
    .requiredOption('--email <address>', say('optionEmail'))
    .action((options: AdministratorOptions) =>
      act(async () => {
        const { email, issuerName } = options
        const client = clientOf(vaultUrlOf(options, context))
        const { administratorContacts = [] } = await client.getIssuer(issuerName)
        const others = administratorContacts.filter((one) => one.email !== email)
        if (others.length === administratorContacts.length) {
          throw new CliError(say('noContact', { email }), EXIT.notFound)
        }
        await client.updateIssuer(issuerName, { administratorContacts: others })
      }))
}

function administratorColumns({ say }: CommandContext): Columns {
  return {
    [say('titleEmail')]: 'emailAddress',
    [say('titleFirstName')]: 'firstName',
    [say('titleLastName')]: 'lastName',
    [say('titlePhone')]: 'phone',
  }
}
