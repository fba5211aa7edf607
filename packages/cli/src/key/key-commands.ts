import { createPublicKey } from 'node:crypto'
import { KeyClient, parseKeyVaultKeyIdentifier } from '@claviger/client/azure'
import type { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { choice, commandGroup, commandWithExample } from '../command-group.ts'
import { writeNamedFile } from '../files.ts'
import type { MessageName } from '../language/messages.ts'
import { columnsOf, lifeCommands, type LivingNoun } from '../objects/life-commands.ts'
import { targetOf, type TargetOptions, withTarget, withVersion } from '../objects/object-target.ts'
import { readPolicy } from '../objects/read-policy.ts'
import { cryptographyCommands } from './cryptography-commands.ts'
import { keyRecord } from './key-record.ts'
import { keySource } from './key-source.ts'
import { makeCommands } from './make-commands.ts'
import { randomCommand } from './random-command.ts'
import { releasePolicyTemplate } from './release-policy.ts'
import { parsePolicy, policyRecord } from './rotation-policy.ts'

interface FileOptions extends TargetOptions {
  readonly file: string
  readonly encoding?: 'PEM' | 'DER'
  readonly overwrite?: true
  readonly value: string
}

type ClientOf = (vaultUrl: string) => KeyClient

/** `key …`, with the words of `az keyvault key`. */
export function keyCommands(program: Command, context: CommandContext): void {
  const { credential, clientOptions, say } = context
  const clientOf: ClientOf = (vaultUrl) => new KeyClient(vaultUrl, credential, clientOptions)
  const noun: LivingNoun = {
    name: 'key',
    word: say('key'),
    parseId: parseKeyVaultKeyIdentifier,
    leftOut: 'managed',
    sourceOf: (vaultUrl) => keySource(clientOf(vaultUrl)),
  }
  const group = commandGroup(program, 'key', say('keyGroup'))
  makeCommands(group, noun, context, clientOf)
  readCommands(group, noun, context, clientOf)
  cryptographyCommands(group, noun, context, clientOf)
  rotationCommands(group, noun, context, clientOf)
  randomCommand(group, context, clientOf)
  commandWithExample(
    group,
    'get-policy-template',
    say('keyPolicyTemplate'),
    'key get-policy-template -o json >release.json',
  ).action(() => context.give({}, async () => releasePolicyTemplate))
  lifeCommands(group, noun, context)
}

function readCommands(
  group: Command,
  noun: LivingNoun,
  context: CommandContext,
  clientOf: ClientOf,
): void {
  const { say, give, act } = context
  const columns = { ...columnsOf(context), [say('titleType')]: 'key.kty' }
  const read = (verb: string, about: MessageName, example: string): Command =>
    withTarget(commandWithExample(group, verb, say(about), `key ${verb} ${example}`), noun, context)

  withVersion(read('show', 'keyShow', '-n signing'), context).action((options: TargetOptions) =>
    give(columns, async () => {
      const { vaultUrl, name, ...version } = targetOf(options, noun, context)
      return keyRecord(await clientOf(vaultUrl).getKey(name, version))
    }))
  read('rotate', 'keyRotate', '-n signing').action((options: TargetOptions) =>
    give(columns, async () => {
      const { vaultUrl, name } = targetOf(options, noun, context)
      return keyRecord(await clientOf(vaultUrl).rotateKey(name))
    }))
  withVersion(read('download', 'keyDownload', '-n signing -f signing.pem'), context)
    .requiredOption('-f, --file <file>', say('optionFileOut'))
    .addOption(choice('-e, --encoding <format>', say('optionFormat'), ['PEM', 'DER']))
    .option('--overwrite', say('optionOverwrite'))
    .action((options: FileOptions) =>
      act(async () => {
        const { vaultUrl, name, ...version } = targetOf(options, noun, context)
        const { key } = keyRecord(await clientOf(vaultUrl).getKey(name, version))
        const octets = publicKeyFile(key as JsonWebKeyText, options.encoding ?? 'PEM')
        await writeNamedFile(options.file, octets, options.overwrite === true, context)
      }))
}

type JsonWebKeyText = Readonly<Record<string, string>>

/** A public key as SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
function publicKeyFile(key: JsonWebKeyText, encoding: 'PEM' | 'DER'): Uint8Array {
  const { kty = '', crv = '', n, e, x, y } = key
  const members = kty.startsWith('RSA')
    ? { kty: 'RSA', n, e }
    : { kty: 'EC', crv: crv === 'P-256K' ? 'secp256k1' : crv, x, y }
  const publicKey = createPublicKey({ key: members as Record<string, string>, format: 'jwk' })
  return encoding === 'DER'
    ? publicKey.export({ format: 'der', type: 'spki' })
    : Buffer.from(publicKey.export({ format: 'pem', type: 'spki' }))
}

function rotationCommands(
  group: Command,
  noun: LivingNoun,
  context: CommandContext,
  clientOf: ClientOf,
): void {
  const { say, give } = context
  const rotation = commandGroup(group, 'rotation-policy', say('keyRotationGroup'))
  withTarget(
    commandWithExample(rotation, 'show', say('keyRotationShow'), 'key rotation-policy show -n signing'),
    noun,
    context,
  ).action((options: TargetOptions) =>
    give({}, async () => {
      const { vaultUrl, name } = targetOf(options, noun, context)
      return policyRecord(await clientOf(vaultUrl).getKeyRotationPolicy(name))
    }))
  withTarget(
    commandWithExample(
      rotation,
      'update',
      say('keyRotationUpdate'),
      'key rotation-policy update -n signing --value policy.json',
    ),
    noun,
    context,
  )
    .requiredOption('--value <file>', say('optionPolicyFile'))
    .action((options: FileOptions) =>
      give({}, async () => {
        const { vaultUrl, name } = targetOf(options, noun, context)
        const policy = await readPolicy(options.value, parsePolicy, context)
        return policyRecord(await clientOf(vaultUrl).updateKeyRotationPolicy(name, policy))
      }))
}
