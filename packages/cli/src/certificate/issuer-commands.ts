import type { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import { readPassword } from '../files.ts'
import type { MessageName } from '../language/messages.ts'
import { withEnabled } from '../objects/attribute-options.ts'
import { withVault } from '../objects/object-target.ts'
import { type EnabledOptions, readEnabled, readNumber } from '../read-options.ts'
import type { JsonRecord } from '../output/json-value.ts'
import { vaultUrlOf, type VaultOptions } from '../vault-url.ts'
import type { CertificateNoun } from './certificate-noun.ts'
import { administratorCommands } from './issuer-admin-commands.ts'
import { issuerColumns, issuerRecord, listedIssuer } from './issuer-record.ts'
import { type IssuerOptions, withIssuer } from './issuer-target.ts'

interface MakeOptions extends IssuerOptions, EnabledOptions {
  readonly accountId?: string
  readonly passwordFile?: string
  readonly organizationId?: string
}

/** `certificate issuer …`: who signs certificates for the vault. */
export function issuerCommands(
  group: Command,
  noun: CertificateNoun,
  context: CommandContext,
): void {
  const { say, give } = context
  const { clientOf } = noun
  const issuer = commandGroup(group, 'issuer', say('issuerGroup'))
  const columns = issuerColumns(context)
  const command = (verb: string, about: MessageName, example = ''): Command =>
    withIssuer(
      commandWithExample(
        issuer,
        verb,
        say(about),
        `certificate issuer ${verb} --issuer-name acme${example}`,
      ),
      context,
    )

  withMaking(command('create', 'issuerCreate', ' --provider-name ACME'), context)
    .requiredOption('--provider-name <name>', say('optionProvider'))
    .option('--disabled [true|false]', say('optionDisabled'))
    .action((options: MakeOptions & { readonly providerName: string }) =>
      give(columns, async () => {
        const client = clientOf(vaultUrlOf(options, context))
        const made = await makingOf(options, context)
        const { issuerName, providerName } = options
        return issuerRecord(await client.createIssuer(issuerName, providerName, made))
      }))
  command('show', 'issuerShow').action((options: IssuerOptions) =>
    give(columns, async () => {
      const client = clientOf(vaultUrlOf(options, context))
      return issuerRecord(await client.getIssuer(options.issuerName))
    }))
  withVault(
    commandWithExample(issuer, 'list', say('issuerList'), 'certificate issuer list'),
    context,
  )
    .option('--maxresults <n>', say('optionMaximum'))
    .action(({ maxresults, ...options }: VaultOptions & { readonly maxresults?: string }) =>
      give(columns, async () => {
        const most = readNumber('--maxresults', maxresults, { least: 1, most: 100_000 }, say)
        const issuers: JsonRecord[] = []
        for await (const one of clientOf(vaultUrlOf(options, context)).listPropertiesOfIssuers()) {
          issuers.push(listedIssuer(one))
          if (issuers.length === most) break
        }
        return issuers
      }))
  withEnabled(
    withMaking(command('update', 'issuerUpdate', ' --enabled false'), context),
    context,
  )
    .option('--provider-name <name>', say('optionProvider'))
    .action((options: MakeOptions & { readonly providerName?: string }) =>
      give(columns, async () => {
        const client = clientOf(vaultUrlOf(options, context))
        const { issuerName, providerName: provider } = options
        const changes = {
          ...(await makingOf(options, context)),
          ...(provider === undefined ? {} : { provider }),
        }
        return issuerRecord(await client.updateIssuer(issuerName, changes))
      }))
  command('delete', 'issuerDelete').action((options: IssuerOptions) =>
    give(columns, async () => {
      const client = clientOf(vaultUrlOf(options, context))
      return issuerRecord(await client.deleteIssuer(options.issuerName))
    }))
  administratorCommands(issuer, noun, context)
}

function withMaking(command: Command, { say }: CommandContext): Command {
  return command
    .option('--account-id <id>', say('optionAccount'))
    .option('--password-file <file>', say('optionAccountPassword'))
    .option('--organization-id <id>', say('optionOrganization'))
}

async function makingOf(
  { accountId, organizationId, passwordFile, ...flags }: MakeOptions,
  context: CommandContext,
): Promise<{
  readonly accountId?: string
  readonly password?: string
  readonly organizationId?: string
  readonly enabled?: boolean
}> {
  const enabled = readEnabled(flags, context.say)
  const password = await readPassword(passwordFile, context)
  return {
    ...(accountId === undefined ? {} : { accountId }),
    ...(password === undefined ? {} : { password }),
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(enabled === undefined ? {} : { enabled }),
  }
}
