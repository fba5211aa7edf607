import { usageError } from './cli-error.ts'
import type { CommandContext } from './command-context.ts'
import { readNamedFile, readStandardInput } from './files.ts'

/** Octets in base64 or base64url on the command line. @throws CliError for other text. */
export function readBase64(
  option: string,
  text: string | undefined,
  { say }: Pick<CommandContext, 'say'>,
): Uint8Array | undefined {
  if (text === undefined) return undefined
  if (!/^[\w+/-]*={0,2}$/.test(text)) throw usageError(say('badBase64', { option }))
  return Buffer.from(text, 'base64')
}

/** The octets of a file; of standard input when none is named. */
export function readOctets(file: string | undefined, context: CommandContext): Promise<Uint8Array> {
  return file === undefined || file === '-' ? readStandardInput(context) : readNamedFile(file, context)
}
