import { usageError } from './cli-error.ts'
import type { CommandContext } from './command-context.ts'
import { readNamedFile, readStandardInput } from './files.ts'

/** RFC 4648 §4 and §5; padding may be away, as of JSON Web Signatures. */
const ALPHABETS = [/^[A-Za-z0-9+/]*={0,2}$/, /^[\w-]*={0,2}$/]

/**
 * Octets in base64 or base64url on the command line, in lines as `base64` writes them too.
 * @throws CliError for other text.
 */
export function readBase64(
  option: string,
  text: string | undefined,
  { say }: Pick<CommandContext, 'say'>,
): Uint8Array | undefined {
  if (text === undefined) return undefined
  const joined = text.replaceAll(/\s/g, '')
  const octets = Buffer.from(joined, 'base64')
  // Node reads what it can of any text. What is written anew is the same for base64 alone.
  const isPadded = !joined.endsWith('=') || joined.length % 4 === 0
  const isWhole = octets.toString('base64url') === plain(joined)
  if (isPadded && isWhole && ALPHABETS.some((alphabet) => alphabet.test(joined))) return octets
  throw usageError(say('badBase64', { option }))
}

function plain(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** The octets of a file; of standard input when none is named. */
export function readOctets(file: string | undefined, context: CommandContext): Promise<Uint8Array> {
  return file === undefined || file === '-' ? readStandardInput(context) : readNamedFile(file, context)
}
