import { X509Certificate } from 'node:crypto'
import type { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { choice, commandGroup, commandWithExample } from '../command-group.ts'
import { writeNamedFile } from '../files.ts'
import type { MessageName } from '../language/messages.ts'
import { lifeCommands } from '../objects/life-commands.ts'
import { targetOf, type TargetOptions, withTarget, withVersion } from '../objects/object-target.ts'
import { type CertificateNoun, certificateNoun } from './certificate-noun.ts'
import { certificateRecord } from './certificate-record.ts'
import { contactCommands } from './contact-commands.ts'
import { defaultPolicy, scaffoldPolicy } from './default-policy.ts'
import { issuerCommands } from './issuer-commands.ts'
import { makeCommands } from './make-commands.ts'
import { pendingCommands } from './pending-commands.ts'

interface DownloadOptions extends TargetOptions {
  readonly file: string
  readonly encoding?: 'PEM' | 'DER'
  readonly overwrite?: true
}

/** `certificate …`, with the words of `az keyvault certificate`. */
export function certificateCommands(program: Command, context: CommandContext): void {
  const { say, give } = context
  const noun = certificateNoun(context)
  const group = commandGroup(program, 'certificate', say('certificateGroup'))
  makeCommands(group, noun, context)
  commandWithExample(
    group,
    'get-default-policy',
    say('certificateDefaultPolicy'),
    'certificate get-default-policy -o json >policy.json',
  )
    .option('--scaffold', say('optionScaffold'))
    .action(({ scaffold }: { readonly scaffold?: true }) =>
      give({}, async () => (scaffold === true ? scaffoldPolicy : defaultPolicy)))
  readCommands(group, noun, context)
  pendingCommands(group, noun, context)
  issuerCommands(group, noun, context)
  contactCommands(group, noun, context)
  lifeCommands(group, noun, context)
}

function readCommands(group: Command, noun: CertificateNoun, context: CommandContext): void {
  const { say, give, act } = context
  const { clientOf, columns } = noun
  const read = (verb: string, about: MessageName, example: string): Command => {
    const command = commandWithExample(group, verb, say(about), `certificate ${verb} ${example}`)
    return withVersion(withTarget(command, noun, context), context)
  }

  read('show', 'certificateShow', '-n site').action((options: TargetOptions) =>
    give(columns, async () => {
      const { vaultUrl, name, version } = targetOf(options, noun, context)
      const client = clientOf(vaultUrl)
      return certificateRecord(
        version === undefined
          ? await client.getCertificate(name)
          : await client.getCertificateVersion(name, version),
      )
    }))
  read('download', 'certificateDownload', '-n site -f site.pem')
    .requiredOption('-f, --file <file>', say('optionFileOut'))
    .addOption(choice('-e, --encoding <format>', say('optionFormat'), ['PEM', 'DER']))
    .option('--overwrite', say('optionOverwrite'))
    .action((options: DownloadOptions) =>
      act(async () => {
        const { vaultUrl, name, version } = targetOf(options, noun, context)
        const client = clientOf(vaultUrl)
        const { cer } =
          version === undefined
            ? await client.getCertificate(name)
            : await client.getCertificateVersion(name, version)
        if (cer === undefined) throw new CliError(say('certificateNotReady'))
        const octets =
          options.encoding === 'DER' ? cer : Buffer.from(new X509Certificate(cer).toString())
        await writeNamedFile(options.file, octets, options.overwrite === true, context)
      }))
}
