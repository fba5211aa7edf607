import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CliError, usageError } from './cli-error.ts'
import type { CommandContext } from './command-context.ts'
import { writeOwnedFile } from './write-owned-file.ts'

/** Octets of standard input; the largest thing that comes by it is a certificate with its chain. */
const MOST_INPUT = 1_048_576

/** Standard input up to its end. @throws CliError when it is a terminal, or endless. */
export async function readStandardInput(context: CommandContext): Promise<Uint8Array> {
  const { surroundings, say } = context
  if (surroundings.inputIsTerminal) throw usageError(say('noValue'))
  const chunks: Buffer[] = []
  let octets = 0
  for await (const chunk of context.input()) {
    const bytes = Buffer.from(chunk as Uint8Array)
    octets += bytes.byteLength
    if (octets > MOST_INPUT) throw usageError(say('tooLong', { most: MOST_INPUT }))
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/** A file that the command line names. */
export function readNamedFile(file: string, { surroundings }: CommandContext): Promise<Uint8Array> {
  return readFile(resolve(surroundings.workingDirectory, file))
}

/**
 * The password that a file, or with `-` standard input, has, without the end of its line; a command
 * line never has one. @throws CliError when standard input has what it is the password of.
 */
export async function readPassword(
  file: string | undefined,
  context: CommandContext,
  ofFile?: string,
): Promise<string | undefined> {
  if (file === undefined) return undefined
  const isInput = file === '-'
  if (isInput && ofFile === '-') throw usageError(context.say('inputTwice'))
  const octets = await (isInput ? readStandardInput(context) : readNamedFile(file, context))
  return Buffer.from(octets).toString('utf8').replace(/\r?\n$/, '')
}

/** Writes a file for its owner alone. @throws CliError when it is there and not to be replaced. */
export async function writeNamedFile(
  file: string,
  content: Uint8Array,
  overwrite: boolean,
  { surroundings, say }: CommandContext,
): Promise<void> {
  const path = resolve(surroundings.workingDirectory, file)
  try {
    await writeOwnedFile(path, content, overwrite)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new CliError(say('fileExists', { file }))
  }
}
