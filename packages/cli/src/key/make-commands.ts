import type { CreateKeyOptions, KeyClient, KeyOperation, KeyType } from '@claviger/client/azure'
import type { Command } from 'commander'
import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { choice, commandWithExample } from '../command-group.ts'
import { readPassword } from '../files.ts'
import type { MessageName } from '../language/messages.ts'
import { withAttributes, withEnabled } from '../objects/attribute-options.ts'
import { columnsOf } from '../objects/life-commands.ts'
import { type Noun, targetOf, type TargetOptions, withTarget, withVersion } from '../objects/object-target.ts'
import { readArgument } from '../read-argument.ts'
import { readOctets } from '../read-base64.ts'
import { type AttributeOptions, readAttributes, readFlag } from '../read-options.ts'
import { keyRecord } from './key-record.ts'
import { readPemKey } from './read-pem-key.ts'
import { releaseOf, type ReleaseOptions, withRelease } from './release-policy.ts'

const TYPES = ['RSA', 'RSA-HSM', 'EC', 'EC-HSM', 'oct', 'oct-HSM'] as const
const SIZES = ['128', '192', '256', '2048', '3072', '4096'] as const
const CURVES = ['P-256', 'P-384', 'P-521', 'P-256K'] as const
const OPERATIONS = [
  'decrypt', 'encrypt', 'export', 'import', 'sign', 'unwrapKey', 'verify', 'wrapKey',
] as const

interface MakeOptions extends TargetOptions, AttributeOptions, ReleaseOptions {
  readonly exportable?: string | true
  readonly kty?: KeyType
  readonly protection?: 'software' | 'hsm'
  readonly size?: (typeof SIZES)[number]
  readonly curve?: (typeof CURVES)[number]
  readonly ops?: readonly KeyOperation[]
  readonly pemFile?: string
  readonly pemString?: string
  readonly pemPasswordFile?: string
}

type ClientOf = (vaultUrl: string) => KeyClient

/** `key create`, `import` and `set-attributes`. */
export function makeCommands(
  group: Command,
  noun: Noun,
  context: CommandContext,
  clientOf: ClientOf,
): void {
  const { say, give } = context
  const columns = { ...columnsOf(context), [say('titleType')]: 'key.kty' }
  const made = (verb: string, about: MessageName, example: string): Command =>
    withAttributes(
      withTarget(commandWithExample(group, verb, say(about), `key ${verb} ${example}`), noun, context),
      context,
    )

  const exportable = (command: Command): Command =>
    withRelease(command.option('--exportable [true|false]', say('optionExportable')), context)

  exportable(made('create', 'keyCreate', '-n signing --kty EC --curve P-256'))
    .addOption(choice('--kty <type>', say('optionKty'), TYPES))
    .addOption(choice('-p, --protection <where>', say('optionProtection'), ['software', 'hsm']))
    .addOption(choice('--size <bits>', say('optionSize'), SIZES))
    .addOption(choice('--curve <curve>', say('optionCurve'), CURVES))
    .addOption(choice('--ops <operation...>', say('optionOps'), OPERATIONS))
    .action((options: MakeOptions) =>
      give(columns, async () => {
        const { vaultUrl, name } = targetOf(options, noun, context)
        const type = typeOf(options)
        const given = { ...createOptions(type, options, context), ...(await exportOf(options, context)) }
        return keyRecord(await clientOf(vaultUrl).createKey(name, type, given))
      }))
  exportable(made('import', 'keyImport', '-n signing --pem-file key.pem'))
    .option('--pem-file <file>', say('optionPemFile'))
    .option('--pem-string <text>', say('optionPemString'))
    .option('--pem-password-file <file>', say('optionPasswordFile'))
    .addOption(choice('-p, --protection <where>', say('optionProtection'), ['software', 'hsm']))
    .addOption(choice('--ops <operation...>', say('optionOps'), OPERATIONS))
    .action((options: MakeOptions) =>
      give(columns, async () => {
        const { vaultUrl, name } = targetOf(options, noun, context)
        const key = await pemKeyOf(options, context)
        const given = {
          ...readAttributes(options, say),
          ...(await exportOf(options, context)),
          ...(options.protection === 'hsm' ? { hardwareProtected: true } : {}),
        }
        const { ops } = options
        const material = ops === undefined ? key : { ...key, keyOps: ops }
        return keyRecord(await clientOf(vaultUrl).importKey(name, material, given))
      }))
  const changed = made('set-attributes', 'keySetAttributes', '-n signing --expires 2030-01-31')
  withRelease(withEnabled(withVersion(changed, context), context), context)
    .addOption(choice('--ops <operation...>', say('optionOps'), OPERATIONS))
    .action((options: MakeOptions) =>
      give(columns, async () => {
        const { vaultUrl, name, version = '' } = targetOf(options, noun, context)
        const { ops } = options
        const changes = {
          ...readAttributes(options, say),
          ...(ops === undefined ? {} : { keyOps: ops }),
          ...(await releaseOf(options, context)),
        }
        return keyRecord(await clientOf(vaultUrl).updateKeyProperties(name, version, changes))
      }))
}

function typeOf({ kty = 'RSA', protection }: MakeOptions): KeyType {
  return protection === 'hsm' && !kty.endsWith('-HSM') ? (`${kty}-HSM` as KeyType) : kty
}

/** Whether a key may leave, and to whom. */
async function exportOf(
  options: MakeOptions,
  context: CommandContext,
): Promise<Awaited<ReturnType<typeof releaseOf>> & { readonly exportable?: boolean }> {
  const exportable = readFlag('--exportable', options.exportable, context.say)
  const release = await releaseOf(options, context)
  return { ...release, ...(exportable === undefined ? {} : { exportable }) }
}

/** What a type takes; what it has no use for is refused here, where it is known which option it is. */
function createOptions(type: KeyType, options: MakeOptions, { say }: CommandContext): CreateKeyOptions {
  const { size, curve, ops } = options
  const isCurve = type.startsWith('EC')
  if (isCurve && size !== undefined) throw usageError(say('badKeyKind', { kty: type, option: '--size' }))
  if (!isCurve && curve !== undefined) throw usageError(say('badKeyKind', { kty: type, option: '--curve' }))
  return {
    ...readAttributes(options, say),
    ...(ops === undefined ? {} : { keyOps: ops }),
    ...(size === undefined ? {} : { keySize: Number(size) }),
    ...(curve === undefined ? {} : { curve }),
  } as CreateKeyOptions
}

async function pemKeyOf(
  options: MakeOptions,
  context: CommandContext,
): Promise<ReturnType<typeof readPemKey>> {
  const { pemFile, pemString, pemPasswordFile } = options
  if ((pemFile === undefined) === (pemString === undefined)) throw usageError(context.say('onePem'))
  const source = pemFile ?? pemString?.replace(/^@/, '')
  const password = await readPassword(pemPasswordFile, context, source)
  const pem =
    pemString === undefined
      ? await readOctets(pemFile, context)
      : Buffer.from(await pemText(pemString, context))
  try {
    return readPemKey(pem, password)
  } catch {
    throw usageError(context.say('badPem', { file: pemFile ?? '--pem-string' }))
  }
}

async function pemText(given: string, context: CommandContext): Promise<string> {
  const { text, isOnCommandLine } = await readArgument(given, context)
  if (isOnCommandLine) context.surroundings.err(`${context.say('valueOnCommandLine')}\n`)
  return text
}
