import {
  type CertificateClient,
  type CertificateOperation,
  type CertificatePolicy,
  type CertificatePoller,
  WellKnownIssuerNames,
} from '@claviger/client/azure'
import type { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { commandWithExample } from '../command-group.ts'
import { readNamedFile, readPassword } from '../files.ts'
import type { MessageName } from '../language/messages.ts'
import { withEnabled } from '../objects/attribute-options.ts'
import { targetOf, type TargetOptions, withTarget, withVersion } from '../objects/object-target.ts'
import { readPolicy } from '../objects/read-policy.ts'
import {
  type EnabledOptions,
  readEnabled,
  readNumber,
  readTags,
} from '../read-options.ts'
import type { CertificateNoun } from './certificate-noun.ts'
import { certificateRecord } from './certificate-record.ts'
import { operationColumns, operationRecord } from './operation-record.ts'
import { parseChangedPolicy, parsePolicy } from './policy-text.ts'

/** What a certificate has beside its octets, on a command line. */
export interface GivenOptions extends EnabledOptions {
  readonly tags?: readonly string[] | true
}

interface MakeOptions extends TargetOptions {
  readonly wait: boolean
}

interface CreateOptions extends MakeOptions, GivenOptions {
  readonly policy: string
  readonly validity?: string
}

interface ImportOptions extends TargetOptions, GivenOptions {
  readonly file: string
  readonly passwordFile?: string
  readonly policy?: string
}

interface ChangeOptions extends TargetOptions, GivenOptions {
  readonly policy?: string
}

/** `certificate create`, `rotate`, `import` and `set-attributes`. */
export function makeCommands(group: Command, noun: CertificateNoun, context: CommandContext): void {
  const { say } = context
  const bare = (verb: string, about: MessageName, example: string): Command =>
    withTarget(
      commandWithExample(group, verb, say(about), `certificate ${verb} ${example}`),
      noun,
      context,
    )
  const command: typeof bare = (...parts) => withGiven(bare(...parts), context)
  command('create', 'certificateCreate', '-n site -p policy.json')
    .requiredOption('-p, --policy <file>', say('optionPolicyFile'))
    .option('--validity <months>', say('optionValidity'))
    .option('--no-wait', say('optionNoWait'))
    .action((options: CreateOptions) => create(options, noun, context))
  bare('rotate', 'certificateRotate', '-n site')
    .option('--no-wait', say('optionNoWait'))
    .action((options: MakeOptions) => rotate(options, noun, context))
  command('import', 'certificateImport', '-n site -f site.pfx')
    .requiredOption('-f, --file <file>', say('optionFileIn'))
    .option('--password-file <file>', say('optionPasswordFile'))
    .option('-p, --policy <file>', say('optionPolicyFile'))
    .action((options: ImportOptions) => importOne(options, noun, context))
  withEnabled(
    withVersion(command('set-attributes', 'certificateSetAttributes', '-n site --tags team=web'), context),
    context,
  )
    .option('-p, --policy <file>', say('optionPolicyFile'))
    .action((options: ChangeOptions) => change(options, noun, context))
}

/** Adds the options that say what a certificate has beside its octets. */
export function withGiven(command: Command, { say }: CommandContext): Command {
  return command
    .option('--tags [pair...]', say('optionTags'))
    .option('--disabled [true|false]', say('optionDisabled'))
}

/** What a certificate has beside its octets; what is not named stays as it is. */
export function givenOf(
  options: GivenOptions,
  { say }: CommandContext,
): { readonly tags?: Readonly<Record<string, string>>; readonly enabled?: boolean } {
  const tags = readTags(options.tags, say)
  const enabled = readEnabled(options, say)
  return {
    ...(tags === undefined ? {} : { tags }),
    ...(enabled === undefined ? {} : { enabled }),
  }
}

async function create(
  options: CreateOptions,
  noun: CertificateNoun,
  context: CommandContext,
): Promise<void> {
  const { say } = context
  await make(options, noun, context, async (client, name) => {
    const given = givenOf(options, context)
    const months = readNumber('--validity', options.validity, { least: 1, most: 1200 }, say)
    const read = await readPolicy(options.policy, parsePolicy, context)
    const policy: CertificatePolicy =
      months === undefined ? read : { ...read, validityInMonths: months }
    return client.beginCreateCertificate(name, policy, given)
  })
}

/** By the policy that it has, as it is renewed near its end; what is beside its octets stays too. */
async function rotate(
  options: MakeOptions,
  noun: CertificateNoun,
  context: CommandContext,
): Promise<void> {
  await make(options, noun, context, async (client, name) => {
    const { tags, preserveCertificateOrder } = (await client.getCertificate(name)).properties
    // The service had somebody named in it when it was set.
    const policy = (await client.getCertificatePolicy(name)) as CertificatePolicy
    return client.beginCreateCertificate(name, policy, {
      ...(tags === undefined ? {} : { tags }),
      ...(preserveCertificateOrder === undefined ? {} : { preserveCertificateOrder }),
    })
  })
}

async function make(
  options: MakeOptions,
  noun: CertificateNoun,
  context: CommandContext,
  begin: (client: CertificateClient, name: string) => Promise<CertificatePoller>,
): Promise<void> {
  // Both ways have a column for what they give; the table shows those that are there.
  await context.give({ ...noun.columns, ...operationColumns(context) }, async () => {
    const { vaultUrl, name } = targetOf(options, noun, context)
    const poller = await begin(noun.clientOf(vaultUrl), name)
    const operation = poller.getOperationState().certificateOperation
    if (operation !== undefined && (!options.wait || isSignedElsewhere(operation))) {
      return operationRecord(operation)
    }
    return certificateRecord(await poller.pollUntilDone())
  })
}

/** Whether it waits for somebody: `pending show` has the request, `pending merge` ends it. */
function isSignedElsewhere({ issuerName, status }: CertificateOperation): boolean {
  const isUnknown = issuerName?.toLowerCase() === WellKnownIssuerNames.Unknown.toLowerCase()
  return isUnknown && status === 'inProgress'
}

async function importOne(
  options: ImportOptions,
  { clientOf, columns, ...noun }: CertificateNoun,
  context: CommandContext,
): Promise<void> {
  await context.give(columns, async () => {
    const { vaultUrl, name } = targetOf(options, noun, context)
    const given = givenOf(options, context)
    const octets = await readNamedFile(options.file, context)
    const password = await readPassword(options.passwordFile, context)
    const read =
      options.policy === undefined
        ? undefined
        : await readPolicy(options.policy, parseChangedPolicy, context)
    const policy = isPem(octets) ? { ...read, contentType: 'application/x-pem-file' as const } : read
    const imported = await clientOf(vaultUrl).importCertificate(name, octets, {
      ...given,
      ...(password === undefined ? {} : { password }),
      ...(policy === undefined ? {} : { policy }),
    })
    return certificateRecord(imported)
  })
}

async function change(
  options: ChangeOptions,
  { clientOf, columns, ...noun }: CertificateNoun,
  context: CommandContext,
): Promise<void> {
  await context.give(columns, async () => {
    const { vaultUrl, name, version = '' } = targetOf(options, noun, context)
    const given = givenOf(options, context)
    const client = clientOf(vaultUrl)
    if (options.policy !== undefined) {
      const policy = await readPolicy(options.policy, parseChangedPolicy, context)
      await client.updateCertificatePolicy(name, policy)
    }
    if (Object.keys(given).length > 0) {
      return certificateRecord(await client.updateCertificateProperties(name, version, given))
    }
    return certificateRecord(await client.getCertificate(name))
  })
}

function isPem(octets: Uint8Array): boolean {
  return Buffer.from(octets).includes('-----BEGIN ')
}
