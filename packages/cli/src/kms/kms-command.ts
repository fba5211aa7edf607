import { KMS_ACTIONS } from '@claviger/client/alibaba'
import type { Command } from 'commander'
import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { choice, commandWithExample } from '../command-group.ts'
import { offerWords } from '../completion/offered-words.ts'
import type { JsonValue } from '../output/json-value.ts'
import { fromKms } from './kms-failure.ts'
import { kmsClient } from './kms-connection.ts'
import { hiddenIn, readAction, readRequest } from './read-request.ts'

interface KmsOptions {
  readonly request?: string
  readonly gateway?: 'shared' | 'instance'
}

/** `kms ACTION name=value…`: every action of Alibaba Cloud KMS, under its own name. */
export function kmsCommand(program: Command, context: CommandContext): void {
  const { say, give, maySeeValues } = context
  const command = commandWithExample(
    program,
    'kms',
    say('kms'),
    'kms get-secret-value secretName=db-password',
  )
  offerWords(command, KMS_ACTIONS.map(hyphenated))
    .argument('<action>', say('kmsAction'))
    .argument('[parameters...]', say('kmsParameters'))
    .option('--request <file>', say('optionRequest'))
    .addOption(choice('--gateway <gateway>', say('optionGateway'), ['shared', 'instance']))
    .action((word: string, words: readonly string[], options: KmsOptions) =>
      give({}, async () => {
        const action = readAction(word, context)
        // It is given once, and cannot be asked for again.
        if (action === 'CreateClientKey' && !maySeeValues()) throw usageError(say('onlyCopy'))
        const client = kmsClient(context)
        const request = await readRequest(action, words, options.request, context)
        const { gateway } = options
        const runtime = gateway === undefined ? {} : { isUseKmsShareGateway: gateway === 'shared' }
        const { body } = await fromKms(client.callApi(action, request, runtime))
        const shown = JSON.parse(JSON.stringify(body ?? {}, octetsAsText)) as JsonValue
        return maySeeValues() ? shown : hiddenIn(shown, say('hidden'))
      }))
}

/** `get-secret-value` for `GetSecretValue`. */
function hyphenated(action: string): string {
  return action.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
}

/** Octets as base64. */
function octetsAsText(_name: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
}
