import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { AuditSink } from './audit-sink.ts'

const { O_APPEND, O_CREAT, O_NONBLOCK, O_RDWR } = constants
const NEW_LINE = 0x0a

/** The path of a sink leads to something that is no file. */
class NoFile extends Error {
  readonly code = 'NOT_A_FILE'
  override readonly name = 'NoFile'
}

/**
 * Appends JSON lines to a file. It is opened for each batch and not kept open, so that whoever
 * rotates files can rename it at any time.
 */
export class FileSink implements AuditSink {
  readonly name: string
  readonly #path: string

  constructor(name: string, path: string) {
    this.name = name
    this.#path = path
  }

  async deliver(entries: readonly string[]): Promise<void> {
    // With O_NONBLOCK a named pipe that nobody reads is an error and no standstill.
    const flags = O_APPEND | O_CREAT | O_NONBLOCK | O_RDWR
    const file = await open(this.#path, flags, 0o600)
    try {
      const size = await sizeOf(file)
      // A writing that was interrupted has left half a line, which must not swallow the next one.
      const start = (await endsInside(file, size)) ? '\n' : ''
      await file.appendFile(start + entries.map((entry) => `${entry}\n`).join(''))
      await file.sync()
      if (size === 0) await syncFolder(dirname(this.#path))
    } finally {
      await file.close()
    }
  }
}

async function sizeOf(file: FileHandle): Promise<number> {
  const stats = await file.stat()
  if (stats.isFile()) return stats.size
  throw new NoFile('the path of an audit sink is no file')
}

async function endsInside(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer[0] !== NEW_LINE
}

/** The name of a new file has to be on the disk like its content. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
