import { X509Certificate } from 'node:crypto'
import {
  CertificateClient,
  type CertificatePolicy,
  parseKeyVaultCertificateIdentifier,
} from '@claviger/client/azure'
import type { Command } from 'commander'
import { CliError, usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { choice, commandGroup, commandWithExample } from '../command-group.ts'
import { readNamedFile, readPassword, writeNamedFile } from '../files.ts'
import { columnsOf, lifeCommands, type LivingNoun } from '../objects/life-commands.ts'
import { targetOf, type TargetOptions, withTarget, withVersion } from '../objects/object-target.ts'
import { readOctets } from '../read-base64.ts'
import { readFlag, readTags } from '../read-options.ts'
import { certificateRecord } from './certificate-record.ts'
import { certificateSource } from './certificate-source.ts'
import { parsePolicy } from './policy-text.ts'

interface MakeOptions extends TargetOptions {
  readonly policy: string
  readonly file: string
  readonly passwordFile?: string
  readonly tags?: readonly string[]
  readonly disabled?: string | true
}

interface DownloadOptions extends TargetOptions {
  readonly file: string
  readonly encoding?: 'PEM' | 'DER'
  readonly overwrite?: true
}

type ClientOf = (vaultUrl: string) => CertificateClient

/** `certificate …`, with the words of `az keyvault certificate`. */
export function certificateCommands(program: Command, context: CommandContext): void {
  const { credential, clientOptions, say } = context
  const clientOf: ClientOf = (vaultUrl) =>
    new CertificateClient(vaultUrl, credential, clientOptions)
  const noun: LivingNoun = {
    name: 'certificate',
    word: say('certificate'),
    parseId: parseKeyVaultCertificateIdentifier,
    sourceOf: (vaultUrl) => certificateSource(clientOf(vaultUrl)),
  }
  const group = commandGroup(program, 'certificate', say('certificateGroup'))
  makeCommands(group, noun, context, clientOf)
  readCommands(group, noun, context, clientOf)
  lifeCommands(group, noun, context)
}

function makeCommands(
  group: Command,
  noun: LivingNoun,
  context: CommandContext,
  clientOf: ClientOf,
): void {
  const { say, give } = context
  const columns = { ...columnsOf(context), [say('titleThumbprint')]: 'x509ThumbprintHex' }
  const made = (command: Command): Command =>
    withTarget(command, noun, context)
      .option('--tags <pair...>', say('optionTags'))
      .option('--disabled [true|false]', say('optionDisabled'))

  made(commandWithExample(group, 'create', say('certificateCreate'), 'certificate create -n site -p policy.json'))
    .requiredOption('-p, --policy <file>', say('optionPolicyFile'))
    .action((options: MakeOptions) =>
      give(columns, async () => {
        const { vaultUrl, name } = targetOf(options, noun, context)
        const given = givenOf(options, context)
        const policy = await policyOf(options.policy, context)
        const poller = await clientOf(vaultUrl).beginCreateCertificate(name, policy, given)
        return certificateRecord(await poller.pollUntilDone())
      }))
  made(commandWithExample(group, 'import', say('certificateImport'), 'certificate import -n site -f site.pfx'))
    .requiredOption('-f, --file <file>', say('optionFileIn'))
    .option('--password-file <file>', say('optionPasswordFile'))
    .action((options: MakeOptions) =>
      give(columns, async () => {
        const { vaultUrl, name } = targetOf(options, noun, context)
        const given = givenOf(options, context)
        const octets = await readNamedFile(options.file, context)
        const password = await readPassword(options.passwordFile, context)
        const imported = await clientOf(vaultUrl).importCertificate(name, octets, {
          ...given,
          ...(password === undefined ? {} : { password }),
          ...(isPem(octets) ? { policy: { contentType: 'application/x-pem-file' } } : {}),
        })
        return certificateRecord(imported)
      }))
}

function readCommands(
  group: Command,
  noun: LivingNoun,
  context: CommandContext,
  clientOf: ClientOf,
): void {
  const { say, give, act } = context
  const columns = { ...columnsOf(context), [say('titleThumbprint')]: 'x509ThumbprintHex' }
  withVersion(
    withTarget(
      commandWithExample(group, 'show', say('certificateShow'), 'certificate show -n site'),
      noun,
      context,
    ),
    context,
  ).action((options: TargetOptions) =>
    give(columns, async () => {
      const { vaultUrl, name, version } = targetOf(options, noun, context)
      const client = clientOf(vaultUrl)
      return certificateRecord(
        version === undefined
          ? await client.getCertificate(name)
          : await client.getCertificateVersion(name, version),
      )
    }))
  withVersion(
    withTarget(
      commandWithExample(
        group,
        'download',
        say('certificateDownload'),
        'certificate download -n site -f site.pem',
      ),
      noun,
      context,
    ),
    context,
  )
    .requiredOption('-f, --file <file>', say('optionFileOut'))
    .addOption(choice('-e, --encoding <format>', say('optionFormat'), ['PEM', 'DER']))
    .option('--overwrite', say('optionOverwrite'))
    .action((options: DownloadOptions) =>
      act(async () => {
        const { vaultUrl, name, version = '' } = targetOf(options, noun, context)
        const { cer } = await clientOf(vaultUrl).getCertificateVersion(name, version)
        if (cer === undefined) throw new CliError(say('certificateNotReady'))
        const octets =
          options.encoding === 'DER' ? cer : Buffer.from(new X509Certificate(cer).toString())
        await writeNamedFile(options.file, octets, options.overwrite === true, context)
      }))
}

function givenOf(
  options: MakeOptions,
  { say }: CommandContext,
): { readonly tags?: Readonly<Record<string, string>>; readonly enabled?: boolean } {
  const tags = readTags(options.tags, say)
  const disabled = readFlag('--disabled', options.disabled, say)
  return {
    ...(tags === undefined ? {} : { tags }),
    ...(disabled === undefined ? {} : { enabled: !disabled }),
  }
}

async function policyOf(file: string, context: CommandContext): Promise<CertificatePolicy> {
  const text = Buffer.from(await readOctets(file, context)).toString('utf8')
  try {
    return parsePolicy(text)
  } catch {
    throw usageError(context.say('badJson', { file }))
  }
}

function isPem(octets: Uint8Array): boolean {
  return Buffer.from(octets).includes('-----BEGIN ')
}
