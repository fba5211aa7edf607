import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { readNamedFile, readStandardInput } from '../files.ts'
import { type FileEncoding, valueOf } from './file-encoding.ts'

/** Where the value of a secret comes from. */
export interface ValueOptions {
  readonly value?: string
  readonly file?: string
  readonly encoding?: FileEncoding
}

/** The value that a secret is set to. @throws CliError when there is none, or it is no text. */
export async function readValue(options: ValueOptions, context: CommandContext): Promise<string> {
  const { say, surroundings } = context
  const { value, file, encoding = 'utf-8' } = options
  if (value !== undefined) {
    if (file !== undefined) throw usageError(say('twoValues'))
    surroundings.err(`${say('valueOnCommandLine')}\n`)
    return value
  }
  const isInput = file === undefined || file === '-'
  const octets = isInput ? await readStandardInput(context) : await readNamedFile(file, context)
  try {
    const text = valueOf(octets, encoding)
    const keepsOctets = encoding === 'base64' || encoding === 'hex'
    // `echo` and editors end a line; in a file every octet may be meant.
    return isInput && !keepsOctets ? text.replace(/\r?\n$/, '') : text
  } catch {
    throw usageError(say('notText', { source: file ?? '-', encoding }))
  }
}
