import type { KeyReleasePolicy } from '@claviger/client/azure'
import type { Command } from 'commander'
import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { readPolicy } from '../objects/read-policy.ts'
import { isRecord, type JsonRecord, type JsonValue } from '../output/json-value.ts'
import { readFlag } from '../read-options.ts'

/** How a command line says to whom a key may be released. */
export interface ReleaseOptions {
  readonly policy?: string
  readonly immutable?: string | true
}

/** What `az keyvault key get-policy-template` gives: the members of a release policy, to be filled in. */
export const releasePolicyTemplate: JsonRecord = {
  version: '1.0.0',
  anyOf: [
    { authority: '<issuer>', allOf: [{ claim: '<claim name>', equals: '<value to match>' }] },
  ],
}

/** Adds the options that say to whom a key may be released. */
export function withRelease(command: Command, { say }: CommandContext): Command {
  return command
    .option('--policy <file>', say('optionReleasePolicy'))
    .option('--immutable [true|false]', say('optionImmutable'))
}

/** To whom a key may be released; the rules are left to the service. */
export async function releaseOf(
  options: ReleaseOptions,
  context: CommandContext,
): Promise<{ readonly releasePolicy?: KeyReleasePolicy }> {
  const { policy } = options
  const immutable = readFlag('--immutable', options.immutable, context.say)
  if (policy === undefined) {
    if (immutable !== undefined) throw usageError(context.say('immutableWithoutPolicy'))
    return {}
  }
  const encodedPolicy = Buffer.from(await readPolicy(policy, policyText, context))
  return {
    releasePolicy: { encodedPolicy, ...(immutable === undefined ? {} : { immutable }) },
  }
}

function policyText(text: string): string {
  const policy = JSON.parse(text) as JsonValue
  if (!isRecord(policy)) throw new TypeError('not an object')
  return JSON.stringify(policy)
}

/** A release policy with the members that `az` gives, its rules as text. */
export function releaseRecord(policy: KeyReleasePolicy | undefined): JsonRecord | null {
  if (policy === undefined) return null
  const { contentType, encodedPolicy, immutable } = policy
  return {
    contentType: contentType ?? null,
    encodedPolicy: encodedPolicy === undefined ? null : Buffer.from(encodedPolicy).toString('utf8'),
    immutable: immutable ?? null,
  }
}
