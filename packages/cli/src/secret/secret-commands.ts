import { parseKeyVaultSecretIdentifier, SecretClient } from '@claviger/client/azure'
import type { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { choice, commandGroup, commandWithExample } from '../command-group.ts'
import { writeNamedFile } from '../files.ts'
import { withAttributes, withEnabled } from '../objects/attribute-options.ts'
import { columnsOf, lifeCommands, type LivingNoun } from '../objects/life-commands.ts'
import { targetOf, type TargetOptions, withTarget, withVersion } from '../objects/object-target.ts'
import { type AttributeOptions, readAttributes } from '../read-options.ts'
import { ENCODING_TAG, FILE_ENCODINGS, type FileEncoding, isFileEncoding, octetsOf } from './file-encoding.ts'
import { readValue, type ValueOptions } from './read-value.ts'
import { secretRecord, shownSecret } from './secret-record.ts'
import { secretSource } from './secret-source.ts'

interface SetOptions extends TargetOptions, AttributeOptions, ValueOptions {
  /** By the last of the two names that the option has. */
  readonly description?: string
}

interface DownloadOptions extends TargetOptions {
  readonly file: string
  readonly encoding?: FileEncoding
  readonly overwrite?: true
}

/** `secret …`, with the words of `az keyvault secret`. */
export function secretCommands(program: Command, context: CommandContext): void {
  const { credential, clientOptions, say } = context
  const clientOf = (vaultUrl: string): SecretClient =>
    new SecretClient(vaultUrl, credential, clientOptions)
  const noun: LivingNoun = {
    name: 'secret',
    word: say('secret'),
    parseId: parseKeyVaultSecretIdentifier,
    leftOut: 'managed',
    sourceOf: (vaultUrl) => secretSource(clientOf(vaultUrl)),
  }
  const group = commandGroup(program, 'secret', say('secretGroup'))
  setCommands(group, noun, context, clientOf)
  readCommands(group, noun, context, clientOf)
  lifeCommands(group, noun, context)
}

type ClientOf = (vaultUrl: string) => SecretClient

function setCommands(
  group: Command,
  noun: LivingNoun,
  context: CommandContext,
  clientOf: ClientOf,
): void {
  const { say, give } = context
  const columns = columnsOf(context)
  withProperties(
    withTarget(
      commandWithExample(group, 'set', say('secretSet'), 'secret set -n db-password -f password.txt'),
      noun,
      context,
    ),
    context,
  )
    .option('-f, --file <file>', say('optionFileIn'))
    .addOption(choice('-e, --encoding <encoding>', say('optionEncoding'), FILE_ENCODINGS))
    .option('--value <text>', say('optionValue'))
    .action((options: SetOptions) =>
      give(columns, async () => {
        const { vaultUrl, name } = targetOf(options, noun, context)
        const given = changesOf(options, context)
        const { encoding } = options
        const tags =
          encoding === undefined ? given.tags : { ...given.tags, [ENCODING_TAG]: encoding }
        const value = await readValue(options, context)
        const set = { ...given, ...(tags === undefined ? {} : { tags }) }
        return secretRecord((await clientOf(vaultUrl).setSecret(name, value, set)).properties)
      }))
  const changed = commandWithExample(
    group,
    'set-attributes',
    say('secretSetAttributes'),
    'secret set-attributes -n db-password --disabled',
  )
  withEnabled(
    withProperties(withVersion(withTarget(changed, noun, context), context), context),
    context,
  ).action((options: SetOptions) =>
    give(columns, async () => {
      const { vaultUrl, name, version = '' } = targetOf(options, noun, context)
      const changes = changesOf(options, context)
      return secretRecord(await clientOf(vaultUrl).updateSecretProperties(name, version, changes))
    }))
}

function readCommands(
  group: Command,
  noun: LivingNoun,
  context: CommandContext,
  clientOf: ClientOf,
): void {
  const { say, give, act, maySeeValues } = context
  const columns = { ...columnsOf(context), [say('titleContentType')]: 'contentType', [say('titleValue')]: 'value' }
  withVersion(
    withTarget(
      commandWithExample(group, 'show', say('secretShow'), 'secret show -n db-password --query value -o tsv'),
      noun,
      context,
    ),
    context,
  ).action((options: TargetOptions) =>
    give(columns, async () => {
      const { vaultUrl, name, ...version } = targetOf(options, noun, context)
      const secret = await clientOf(vaultUrl).getSecret(name, version)
      return shownSecret(secret, maySeeValues() ? undefined : say('hidden'))
    }))
  withVersion(
    withTarget(
      commandWithExample(group, 'download', say('secretDownload'), 'secret download -n site -f site.pfx'),
      noun,
      context,
    ),
    context,
  )
    .requiredOption('-f, --file <file>', say('optionFileOut'))
    .addOption(choice('-e, --encoding <encoding>', say('optionEncodingOut'), FILE_ENCODINGS))
    .option('--overwrite', say('optionOverwrite'))
    .action((options: DownloadOptions) =>
      act(async () => {
        const { vaultUrl, name, ...version } = targetOf(options, noun, context)
        const { value, properties } = await clientOf(vaultUrl).getSecret(name, version)
        if (value === undefined) throw new CliError(say('noSuchValue'))
        const encoding = options.encoding ?? encodingOf(properties)
        const octets = decoded(value, encoding, context)
        await writeNamedFile(options.file, octets, options.overwrite === true, context)
      }))
}

/** As it was set; what a certificate has made is base64 of its PKCS#12 file. */
function encodingOf(properties: {
  readonly tags?: Readonly<Record<string, string>>
  readonly contentType?: string
}): FileEncoding {
  const tagged = properties.tags?.[ENCODING_TAG]
  if (isFileEncoding(tagged)) return tagged
  return properties.contentType === 'application/x-pkcs12' ? 'base64' : 'utf-8'
}

function decoded(value: string, encoding: FileEncoding, { say }: CommandContext): Uint8Array {
  try {
    return octetsOf(value, encoding)
  } catch {
    throw new CliError(say('badEncoding', { encoding }))
  }
}

function withProperties(command: Command, context: CommandContext): Command {
  return withAttributes(command, context).option(
    '--content-type, --description <text>',
    context.say('optionContentType'),
  )
}

function changesOf(
  options: SetOptions,
  { say }: CommandContext,
): ReturnType<typeof readAttributes> & { readonly contentType?: string } {
  const { description: contentType } = options
  return { ...readAttributes(options, say), ...(contentType === undefined ? {} : { contentType }) }
}
