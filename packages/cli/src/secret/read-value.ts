import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { readNamedFile, readStandardInput } from '../files.ts'
import { readArgument } from '../read-argument.ts'
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
    const { text, isOnCommandLine } = await readArgument(value, context)
    if (isOnCommandLine) surroundings.err(`${say('valueOnCommandLine')}\n`)
    else if (value === '@-') refuseNothing(text, context)
    return text
  }
  const isInput = file === undefined || file === '-'
  const octets = isInput ? await readStandardInput(context) : await readNamedFile(file, context)
  const text = textOf(octets, options, context)
  const keepsOctets = encoding === 'base64' || encoding === 'hex'
  if (!isInput) return text
  // `echo` and editors end a line; in a file every octet may be meant.
  const line = keepsOctets ? text : text.replace(/\r?\n$/, '')
  refuseNothing(line, context)
  return line
}

/** What a program that has failed leaves in a pipe must not replace a secret. */
function refuseNothing(text: string, { say }: CommandContext): void {
  if (text === '') throw usageError(say('emptyInput'))
}

function textOf(octets: Uint8Array, options: ValueOptions, { say }: CommandContext): string {
  const { file, encoding = 'utf-8' } = options
  try {
    return valueOf(octets, encoding)
  } catch {
    throw usageError(say('notText', { source: file ?? '-', encoding }))
  }
}
