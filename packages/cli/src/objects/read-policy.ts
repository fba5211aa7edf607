import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { readOctets } from '../read-base64.ts'

/**
 * A policy that an option gives as `az` takes them: a file, `@file`, `-` for standard input, or the
 * JSON itself. `parse` throws for what is none. @throws CliError then.
 */
export async function readPolicy<Policy>(
  given: string,
  parse: (text: string) => Policy,
  context: CommandContext,
): Promise<Policy> {
  const isText = given.trimStart().startsWith('{')
  const file = given.startsWith('@') ? given.slice(1) : given
  const text = isText ? given : Buffer.from(await readOctets(file, context)).toString('utf8')
  try {
    return parse(text)
  } catch {
    throw usageError(context.say('badJson', { file: isText ? '{…}' : file }))
  }
}
