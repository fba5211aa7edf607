import type { Command } from 'commander'
import { CliError, usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import type { MessageName } from '../language/messages.ts'
import { targetOf, type TargetOptions, withTarget } from '../objects/object-target.ts'
import { readOctets } from '../read-base64.ts'
import type { CertificateNoun } from './certificate-noun.ts'
import { certificateRecord } from './certificate-record.ts'
import { givenOf, type GivenOptions, withGiven } from './make-commands.ts'
import { operationColumns, operationRecord } from './operation-record.ts'
import { readCertificates } from './read-certificates.ts'

interface MergeOptions extends TargetOptions, GivenOptions {
  readonly file: string
}

/** `certificate pending show`, `merge` and `delete`. */
export function pendingCommands(
  group: Command,
  noun: CertificateNoun,
  context: CommandContext,
): void {
  const { say, give } = context
  const { clientOf } = noun
  const pending = commandGroup(group, 'pending', say('pendingGroup'))
  const command = (verb: string, about: MessageName, example: string): Command =>
    withTarget(
      commandWithExample(pending, verb, say(about), `certificate pending ${verb} ${example}`),
      noun,
      context,
    )
  const columns = operationColumns(context)

  command('show', 'pendingShow', '-n site --query csr -o tsv').action((options: TargetOptions) =>
    give(columns, async () => {
      const { vaultUrl, name } = targetOf(options, noun, context)
      const poller = await clientOf(vaultUrl).getCertificateOperation(name)
      const operation = poller.getOperationState().certificateOperation
      if (operation === undefined) throw new CliError(say('certificateNotReady'))
      return operationRecord(operation)
    }))
  withGiven(command('merge', 'pendingMerge', '-n site -f signed.pem'), context)
    .requiredOption('-f, --file <file>', say('optionSigned'))
    .action((options: MergeOptions) =>
      give(noun.columns, async () => {
        const { vaultUrl, name } = targetOf(options, noun, context)
        const given = givenOf(options, context)
        const chain = await chainOf(options.file, context)
        const client = clientOf(vaultUrl)
        const merged = await client.mergeCertificate(name, chain)
        if (Object.keys(given).length === 0) return certificateRecord(merged)
        const { version = '' } = merged.properties
        return certificateRecord(await client.updateCertificateProperties(name, version, given))
      }))
  command('delete', 'pendingDelete', '-n site').action((options: TargetOptions) =>
    give(columns, async () => {
      const { vaultUrl, name } = targetOf(options, noun, context)
      return operationRecord(await clientOf(vaultUrl).deleteCertificateOperation(name))
    }))
}

async function chainOf(file: string, context: CommandContext): Promise<readonly Uint8Array[]> {
  const octets = await readOctets(file, context)
  try {
    return readCertificates(octets)
  } catch {
    throw usageError(context.say('noCertificate', { file }))
  }
}
