import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { ChainedEntry } from '@claviger/vault'
import { speaking } from '../language/messages.ts'
import { chainedEntry } from './exported-entry.ts'

/** A line of an export that is no entry. */
export class ExportDamaged extends Error {
  readonly file: string
  readonly line: number

  constructor(file: string, line: number) {
    super(speaking('en')('exportLine', { line, file }))
    this.name = 'ExportDamaged'
    this.file = file
    this.line = line
  }
}

/**
 * The entries of an exported file, one at a time.
 * @throws ExportDamaged for a line that is no entry, and the system's error when it cannot be read.
 */
export async function* readExport(file: string): AsyncGenerator<ChainedEntry> {
  const input = createReadStream(file, 'utf8')
  // A failure to open would otherwise be lost: `readline` does not pass it on.
  const failed = Promise.withResolvers<never>()
  failed.promise.catch(() => undefined)
  input.once('error', failed.reject)
  const lines = createInterface(
    { input, crlfDelay: Number.POSITIVE_INFINITY },
  )[Symbol.asyncIterator]()
  try {
    for (let number = 1; ; number++) {
      const step = await Promise.race([lines.next(), failed.promise])
      if (step.done === true) return
      const entry = parse(step.value)
      if (entry === undefined) throw new ExportDamaged(file, number)
      yield entry
    }
  } finally {
    input.destroy()
  }
}

function parse(line: string): ChainedEntry | undefined {
  try {
    return chainedEntry(JSON.parse(line))
  } catch {
    return undefined
  }
}
