import type { KeyVaultIdentifier } from '@claviger/client/azure'
import type { Command } from 'commander'
import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { vaultUrlOf, type VaultOptions } from '../vault-url.ts'

/** How a command line names an object of a vault. */
export interface TargetOptions extends VaultOptions {
  readonly name?: string
  readonly id?: string
  readonly version?: string
}

/** An object of a vault. */
export interface Target {
  readonly vaultUrl: string
  readonly name: string
  readonly version?: string
}

/** A kind of objects, as far as its name and its ids go. */
export interface Noun {
  /** As the language calls it. */
  readonly word: string
  /** @throws TypeError for what is no id of such an object. */
  readonly parseId: (id: string) => KeyVaultIdentifier
}

/** Adds the options that name a vault. */
export function withVault(command: Command, { say }: CommandContext): Command {
  return command
    .option('--vault-name <name>', say('optionVaultName'))
    .option('--vault-url <url>', say('optionVaultUrl'))
}

/** Adds the options that name a vault, where `az` takes its URL as an id too. */
export function withVaultId(command: Command, context: CommandContext): Command {
  return withVault(command, context).option('--id <url>', context.say('optionVaultId'))
}

/** The URL of the vault that is meant. @throws CliError when it is named twice. */
export function vaultByIdOf(
  options: TargetOptions,
  context: CommandContext,
): string {
  const { id, vaultName, vaultUrl } = options
  if (id === undefined) return vaultUrlOf(options, context)
  if (vaultName !== undefined || vaultUrl !== undefined) throw usageError(context.say('idAndVault'))
  return vaultUrlOf({ vaultUrl: id }, context)
}

/** Adds the options that name an object. */
export function withTarget(command: Command, noun: Noun, context: CommandContext): Command {
  const places = { noun: noun.word }
  return withVault(command, context)
    .option('-n, --name <name>', context.say('optionName', places))
    .option('--id <id>', context.say('optionId', places))
}

/** Adds the option that names a version. */
export function withVersion(command: Command, { say }: CommandContext): Command {
  return command.option('-v, --version <version>', say('optionVersion'))
}

/** The object that is meant. @throws CliError when that is not clear. */
export function targetOf(options: TargetOptions, noun: Noun, context: CommandContext): Target {
  const { say } = context
  const { id, name, vaultName, vaultUrl } = options
  if (id === undefined) {
    if (name === undefined) throw usageError(say('noName', { noun: noun.word }))
    return { vaultUrl: vaultUrlOf(options, context), name, ...versionOf(options.version) }
  }
  if ([name, vaultName, vaultUrl].some((other) => other !== undefined)) {
    throw usageError(say('idAndVault'))
  }
  const parts = parsed(id, noun, context)
  return {
    vaultUrl: parts.vaultUrl,
    name: parts.name,
    ...versionOf(options.version ?? parts.version),
  }
}

function versionOf(version: string | undefined): { readonly version?: string } {
  return version ? { version } : {}
}

function parsed(id: string, noun: Noun, { say }: CommandContext): KeyVaultIdentifier {
  try {
    return noun.parseId(id)
  } catch {
    throw usageError(say('badId', { noun: noun.word, id }))
  }
}
