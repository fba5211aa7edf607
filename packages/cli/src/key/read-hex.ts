import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'

/** Octets in hexadecimal on the command line. @throws CliError for other text. */
export function readHex(
  option: string,
  text: string | undefined,
  { say }: Pick<CommandContext, 'say'>,
): Uint8Array | undefined {
  if (text === undefined) return undefined
  if (!/^([\da-f]{2})+$/i.test(text)) throw usageError(say('badHex', { option }))
  return Buffer.from(text, 'hex')
}
