import type {
  CryptographyClient,
  DecryptParameters,
  EncryptParameters,
  KeyClient,
  KeyWrapAlgorithm,
  SignatureAlgorithm,
} from '@claviger/client/azure'
import type { Command } from 'commander'
import { CliError, usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { choice, commandWithExample } from '../command-group.ts'
import { Ended } from '../ended.ts'
import { EXIT } from '../exit-codes.ts'
import type { MessageName } from '../language/messages.ts'
import { type Noun, targetOf, type TargetOptions, withTarget, withVersion } from '../objects/object-target.ts'
import type { JsonRecord } from '../output/json-value.ts'
import type { Columns } from '../output/table.ts'
import { readArgument } from '../read-argument.ts'
import { readBase64, readOctets } from '../read-base64.ts'
import { ENCRYPTIONS, SIGNATURES, WRAPPINGS } from './algorithm-names.ts'
import { readHex } from './read-hex.ts'

interface UseOptions extends TargetOptions {
  readonly algorithm: string
  readonly file?: string
  readonly digest?: string
  readonly signature: string
  readonly value?: string
  readonly dataType?: 'base64' | 'plaintext'
  readonly iv?: string
  readonly tag?: string
  readonly aad?: string
}

type ClientOf = (vaultUrl: string) => KeyClient

/** `key sign`, `verify`, `encrypt`, `decrypt`, `wrap` and `unwrap`. */
export function cryptographyCommands(
  group: Command,
  noun: Noun,
  context: CommandContext,
  clientOf: ClientOf,
): void {
  const { say, give } = context
  const columns = resultColumns(context)
  const using = (
    verb: string,
    about: MessageName,
    algorithms: readonly string[],
    example: string,
  ): Command =>
    withVersion(
      withTarget(commandWithExample(group, verb, say(about), `key ${verb} ${example}`), noun, context),
      context,
    ).addOption(
      choice('-a, --algorithm <algorithm>', say('optionAlgorithm'), algorithms).makeOptionMandatory(),
    )
  const clientFor = (options: UseOptions): CryptographyClient => {
    const { vaultUrl, name, version } = targetOf(options, noun, context)
    const keyVersion = version === undefined ? {} : { keyVersion: version }
    return clientOf(vaultUrl).getCryptographyClient(name, keyVersion)
  }

  using('sign', 'keySign', SIGNATURES, '-n signing -a ES256 -f letter.txt')
    .option('-f, --file <file>', say('optionData'))
    .option('--digest <base64>', say('optionDigest'))
    .action((options: UseOptions) =>
      give(columns, async () => {
        const algorithm = options.algorithm as SignatureAlgorithm
        const client = clientFor(options)
        const digest = digestOf(options, context)
        const { result, keyID } =
          digest === undefined
            ? await client.signData(algorithm, await readOctets(options.file, context))
            : await client.sign(algorithm, digest)
        return { algorithm, kid: keyID ?? null, signature: text(result) }
      }))
  using('verify', 'keyVerify', SIGNATURES, '-n signing -a ES256 -f letter.txt --signature "$SIGNATURE"')
    .option('-f, --file <file>', say('optionData'))
    .option('--digest <base64>', say('optionDigest'))
    .requiredOption('--signature <base64>', say('optionSignature'))
    .action(async (options: UseOptions) => {
      let isValid = false
      await give(columns, async () => {
        const algorithm = options.algorithm as SignatureAlgorithm
        const client = clientFor(options)
        const digest = digestOf(options, context)
        const signature = readText('--signature', options.signature, context)
        const { result, keyID } =
          digest === undefined
            ? await client.verifyData(algorithm, await readOctets(options.file, context), signature)
            : await client.verify(algorithm, digest, signature)
        isValid = result
        return { algorithm, isValid, kid: keyID ?? null }
      })
      if (!isValid) throw new Ended(EXIT.failed)
    })

  using('encrypt', 'keyEncrypt', ENCRYPTIONS, '-n wrapping -a RSA-OAEP-256 -f note.txt')
    .option('-f, --file <file>', say('optionData'))
    .option('--value <base64>', say('optionPlaintext'))
    .addOption(choice('--data-type <form>', say('optionValueType'), ['base64', 'plaintext']))
    .option('--iv <hex>', say('optionIv'))
    .option('--aad <hex>', say('optionAad'))
    .action((options: UseOptions) =>
      give(columns, async () => {
        const plaintext = await plaintextOf(options, context)
        const parameters = { ...besideOf(options, context), algorithm: options.algorithm, plaintext }
        const sealed = await clientFor(options).encrypt(parameters as EncryptParameters)
        const { algorithm, keyID, result, iv, authenticationTag, additionalAuthenticatedData } = sealed
        return {
          algorithm,
          kid: keyID ?? null,
          result: text(result),
          ...hexTexts({ iv, tag: authenticationTag, aad: additionalAuthenticatedData }),
        }
      }))
  withResult(using('decrypt', 'keyDecrypt', ENCRYPTIONS, '-n wrapping -a RSA-OAEP-256 -f note.b64'), context)
    .option('--iv <hex>', say('optionIv'))
    .option('--tag <hex>', say('optionTag'))
    .option('--aad <hex>', say('optionAad'))
    .action((options: UseOptions) =>
      give(columns, async () => {
        const ciphertext = await ciphertextOf(options, context)
        const parameters = { ...besideOf(options, context), algorithm: options.algorithm, ciphertext }
        const { algorithm, keyID, result } = await clientFor(options).decrypt(parameters as DecryptParameters)
        return { algorithm, kid: keyID ?? null, result: shown(result, options, context) }
      }))

  using('wrap', 'keyWrap', WRAPPINGS, '-n wrapping -a RSA-OAEP-256 -f data.key')
    .option('-f, --file <file>', say('optionData'))
    .option('--value <base64>', say('optionPlaintext'))
    .action((options: UseOptions) =>
      give(columns, async () => {
        const material = await plaintextOf(options, context)
        const algorithm = options.algorithm as KeyWrapAlgorithm
        const { keyID, result } = await clientFor(options).wrapKey(algorithm, material)
        return { algorithm, kid: keyID ?? null, result: text(result) }
      }))
  withResult(using('unwrap', 'keyUnwrap', WRAPPINGS, '-n wrapping -a RSA-OAEP-256 -f key.b64'), context)
    .action((options: UseOptions) =>
      give(columns, async () => {
        const wrapped = await ciphertextOf(options, context)
        const algorithm = options.algorithm as KeyWrapAlgorithm
        const { keyID, result } = await clientFor(options).unwrapKey(algorithm, wrapped)
        return { algorithm, kid: keyID ?? null, result: shown(result, options, context) }
      }))
}

function withResult(command: Command, { say }: CommandContext): Command {
  return command
    .option('-f, --file <file>', say('optionText'))
    .option('--value <base64>', say('optionBase64'))
    .addOption(choice('--data-type <form>', say('optionDataType'), ['base64', 'plaintext']))
}

function resultColumns({ say }: CommandContext): Columns {
  return {
    [say('titleAlgorithm')]: 'algorithm',
    [say('titleKey')]: 'kid',
    [say('titleValid')]: 'isValid',
    [say('titleSignature')]: 'signature',
    [say('titleResult')]: 'result',
    iv: 'iv',
    tag: 'tag',
    aad: 'aad',
  }
}

/** The digest that stands in the place of data. @throws CliError when there is a file too. */
function digestOf({ digest, file }: UseOptions, context: CommandContext): Uint8Array | undefined {
  if (digest !== undefined && file !== undefined) throw usageError(context.say('digestAndFile'))
  return readBase64('--digest', digest, context)
}

/** What is encrypted or wrapped: octets of a file or of standard input. */
async function plaintextOf(options: UseOptions, context: CommandContext): Promise<Uint8Array> {
  const { value, file, dataType = 'base64' } = options
  if (value === undefined) return readOctets(file, context)
  if (file !== undefined) throw usageError(context.say('twoValues'))
  const { text: given, isOnCommandLine } = await readArgument(value, context)
  if (isOnCommandLine) context.surroundings.err(`${context.say('valueOnCommandLine')}\n`)
  return dataType === 'plaintext' ? Buffer.from(given) : readText('--value', given, context)
}

/** What is decrypted or unwrapped: base64, as encryption has written it. */
async function ciphertextOf(options: UseOptions, context: CommandContext): Promise<Uint8Array> {
  const { value, file } = options
  if (value === undefined) {
    const octets = await readOctets(file, context)
    return readText('--file', Buffer.from(octets).toString('latin1'), context)
  }
  if (file !== undefined) throw usageError(context.say('twoValues'))
  return readText('--value', (await readArgument(value, context)).text, context)
}

function readText(option: string, given: string, context: CommandContext): Uint8Array {
  return readBase64(option, given, context) ?? new Uint8Array()
}

/** What encryptions have beside their text. */
function besideOf(options: UseOptions, context: CommandContext): object {
  const members = {
    iv: readHex('--iv', options.iv, context),
    authenticationTag: readHex('--tag', options.tag, context),
    additionalAuthenticatedData: readHex('--aad', options.aad, context),
  }
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

function shown(
  result: Uint8Array,
  { dataType = 'base64' }: UseOptions,
  { maySeeValues, say }: CommandContext,
): string {
  if (!maySeeValues()) return say('hidden')
  if (dataType === 'base64') return text(result)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(result)
  } catch {
    throw new CliError(say('resultNotText'))
  }
}

function text(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64')
}

/** As `az` has what stands beside a text, and takes it back. */
function hexTexts(octets: Readonly<Record<string, Uint8Array | undefined>>): JsonRecord {
  return Object.fromEntries(
    Object.entries(octets).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Buffer.from(value).toString('hex')]],
    ),
  )
}
