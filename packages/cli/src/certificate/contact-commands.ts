import {
  type CertificateClient,
  type CertificateContact,
  ResourceNotFoundError,
} from '@claviger/client/azure'
import type { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import { EXIT } from '../exit-codes.ts'
import type { MessageName } from '../language/messages.ts'
import { withVault } from '../objects/object-target.ts'
import type { JsonRecord } from '../output/json-value.ts'
import { vaultUrlOf, type VaultOptions } from '../vault-url.ts'
import type { CertificateNoun } from './certificate-noun.ts'

interface ContactOptions extends VaultOptions {
  readonly email: string
  readonly name?: string
  readonly phone?: string
}

/** `certificate contact list`, `add` and `delete`: who is told of what happens to certificates. */
export function contactCommands(
  group: Command,
  { clientOf }: CertificateNoun,
  context: CommandContext,
): void {
  const { say, give } = context
  const contact = commandGroup(group, 'contact', say('contactGroup'))
  const command = (verb: string, about: MessageName, example: string): Command =>
    withVault(
      commandWithExample(contact, verb, say(about), `certificate contact ${verb}${example}`),
      context,
    )

  command('list', 'contactList', '').action((options: VaultOptions) =>
    give({}, async () => {
      const vaultUrl = vaultUrlOf(options, context)
      return contactsRecord(vaultUrl, await clientOf(vaultUrl).getContacts())
    }))
  command('add', 'contactAdd', ' --email ops@example.com')
    .requiredOption('--email <address>', say('optionEmail'))
    .option('--name <name>', say('optionFullName'))
    .option('--phone <number>', say('optionPhone'))
    .action(({ email, name, phone, ...options }: ContactOptions) =>
      give({}, async () => {
        const vaultUrl = vaultUrlOf(options, context)
        const client = clientOf(vaultUrl)
        const contacts = await contactsOf(client)
        if (contacts.some((one) => one.email === email)) {
          throw new CliError(say('contactIsThere', { email }), EXIT.conflict)
        }
        const added = {
          email,
          ...(name === undefined ? {} : { name }),
          ...(phone === undefined ? {} : { phone }),
        }
        return contactsRecord(vaultUrl, await client.setContacts([...contacts, added]))
      }))
  command('delete', 'contactDelete', ' --email ops@example.com')
    .requiredOption('--email <address>', say('optionEmail'))
    .action(({ email, ...options }: ContactOptions) =>
      give({}, async () => {
        const vaultUrl = vaultUrlOf(options, context)
        const client = clientOf(vaultUrl)
        const contacts = await contactsOf(client)
        const others = contacts.filter((one) => one.email !== email)
        if (others.length === contacts.length) {
          throw new CliError(say('noContact', { email }), EXIT.notFound)
        }
        // The service takes no list of nobody.
        if (others.length > 0) return contactsRecord(vaultUrl, await client.setContacts(others))
        await client.deleteContacts()
        return contactsRecord(vaultUrl, [])
      }))
}

/** Who is told; nobody where the service knows of no list. */
async function contactsOf(client: CertificateClient): Promise<readonly CertificateContact[]> {
  try {
    return await client.getContacts()
  } catch (error) {
    if (error instanceof ResourceNotFoundError) return []
    throw error
  }
}

/** Contacts with the members that `az` gives. */
function contactsRecord(vaultUrl: string, contacts: readonly CertificateContact[]): JsonRecord {
  return {
    contactList: contacts.map(({ email, name, phone }) => ({
      emailAddress: email ?? null,
      name: name ?? null,
      phone: phone ?? null,
    })),
    id: `${vaultUrl}/certificates/contacts`,
  }
}
