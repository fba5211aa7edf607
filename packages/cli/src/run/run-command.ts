import { ReferenceResolver } from '@claviger/client/cache'
import type { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { CliError } from '../cli-error.ts'
import { commandWithExample } from '../command-group.ts'
import { Ended } from '../ended.ts'
import { namedVaultUrl } from '../vault-url.ts'
import { NotStarted, runChild } from './run-child.ts'

/**
 * `run -- COMMAND`: references such as `@Microsoft.KeyVault(SecretUri=…)` become values in the
 * environment of the program alone. When one cannot be resolved, it is not started.
 */
export function runCommand(program: Command, context: CommandContext): void {
  const { say } = context
  commandWithExample(program, 'run', say('run'), 'run -- node server.js')
    .argument('<command...>', say('runArguments'))
    .action(async (words: readonly string[]) => {
      const environment = await resolvedEnvironment(context)
      const [command = '', ...args] = words
      throw new Ended(await started(command, args, environment, context))
    })
}

async function resolvedEnvironment(
  { act, credential, clientOptions, say, surroundings }: CommandContext,
): Promise<Readonly<Record<string, string>>> {
  const { environment } = surroundings
  const neighbour = environment['AZURE_KEYVAULT_URL'] || undefined
  const resolver = new ReferenceResolver(credential, {
    clientOptions,
    vaultUrlOf: (name) => namedVaultUrl(name, neighbour, say),
  })
  let resolved: Readonly<Record<string, string>> = {}
  await act(async () => {
    resolved = await resolver.resolveEnvironment(environment)
  })
  // Node's own words for it quote the value.
  const unfit = Object.entries(resolved).find(([, value]) => value.includes('\0'))
  if (unfit !== undefined) throw new CliError(say('nulOctet', { name: unfit[0] }))
  return resolved
}

async function started(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  { say }: CommandContext,
): Promise<number> {
  try {
    return await runChild(command, args, environment)
  } catch (error) {
    if (!(error instanceof NotStarted)) throw error
    const isMissing = error.exitCode === 127
    const reason = error.message
    throw new CliError(
      isMissing ? say('childNotFound', { command }) : say('childNotRun', { command, reason }),
      error.exitCode,
    )
  }
}
