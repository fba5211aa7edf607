import type { KeyClient } from '@claviger/client/azure'
import type { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { commandWithExample } from '../command-group.ts'
import { type TargetOptions, vaultByIdOf, withVaultId } from '../objects/object-target.ts'
import { readNumber } from '../read-options.ts'

interface RandomOptions extends TargetOptions {
  readonly count: string
}

/** Octets of one request; the service gives no more. */
const MOST_OCTETS = 128

/** `key random`: octets of the service's generator, of which keys may be made. */
export function randomCommand(
  group: Command,
  context: CommandContext,
  clientOf: (vaultUrl: string) => KeyClient,
): void {
  const { say, give, maySeeValues } = context
  withVaultId(
    commandWithExample(group, 'random', say('keyRandom'), 'key random --count 32 --query value -o tsv'),
    context,
  )
    .requiredOption('--count <n>', say('optionCount'))
    .action((options: RandomOptions) =>
      give({ [say('titleValue')]: 'value' }, async () => {
        const limits = { least: 1, most: MOST_OCTETS }
        // The option is a required one.
        const count = readNumber('--count', options.count, limits, say) ?? limits.least
        const octets = await clientOf(vaultByIdOf(options, context)).getRandomBytes(count)
        return { value: maySeeValues() ? Buffer.from(octets).toString('base64') : say('hidden') }
      }))
}
