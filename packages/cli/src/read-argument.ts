import { usageError } from './cli-error.ts'
import type { CommandContext } from './command-context.ts'
import { readOctets } from './read-base64.ts'
import { isSystemError, systemReason } from './system-problem.ts'

/** The text that an option gives, and whether it stood on the command line itself. */
export interface Argument {
  readonly text: string
  readonly isOnCommandLine: boolean
}

/**
 * Reads the text of an option as `az` does: `@file` is what the file has without the end of its last
 * line, and `@-` what standard input has; of `@@text` the first `@` is taken away. `@` alone is
 * itself. @throws CliError when the file cannot be read, or is no text.
 */
export async function readArgument(given: string, context: CommandContext): Promise<Argument> {
  if (!/^@[^@]/.test(given)) {
    return { text: given.replace(/^@@/, '@'), isOnCommandLine: true }
  }
  const octets = await fileOctets(given.slice(1), context)
  return { text: lineText(octets, context), isOnCommandLine: false }
}

async function fileOctets(file: string, context: CommandContext): Promise<Uint8Array> {
  try {
    return await readOctets(file, context)
  } catch (error) {
    if (!isSystemError(error)) throw error
    // Not its name: it may be a password that begins with @.
    const reason = systemReason(error, context.say)
    throw usageError(context.say('noArgumentFile', { reason }))
  }
}

function lineText(octets: Uint8Array, { say }: CommandContext): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets)
    return text.replace(/\r?\n$/, '')
  } catch {
    throw usageError(say('argumentNotText'))
  }
}
