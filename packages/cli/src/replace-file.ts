import { randomUUID } from 'node:crypto'
import { constants, unlinkSync } from 'node:fs'
import { type FileHandle, open, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** How a file comes to be. */
export interface Making {
  /** Of a file that is made new, before the mask of the process. */
  readonly mode: number
  /** Sets who may do what with it, before anything is in it. */
  readonly prepare?: (handle: FileHandle) => Promise<void>
}

/** When the folder lets nothing be put in the place of a file: not writable, or a mount of its own. */
const ONLY_IN_PLACE: readonly unknown[] = ['EACCES', 'EBUSY', 'EPERM', 'EROFS', 'EXDEV']

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Replaces a file as a whole: what was there stays until all is on the disk. Only where the folder
 * does not allow that, it writes into the file that is there; it never follows a link.
 */
export async function replaceFile(path: string, content: Uint8Array, making: Making): Promise<void> {
  try {
    await withDraft(path, content, making, (draft) => rename(draft, path))
  } catch (error) {
    if (!ONLY_IN_PLACE.includes((error as NodeJS.ErrnoException).code)) throw error
    const flags = constants.O_WRONLY | constants.O_NOFOLLOW
    // What is said then is why nothing could take its place.
    const handle = await open(path, flags).catch(() => Promise.reject(error))
    await fill(handle, content, making).catch((reason) => Promise.reject(told(reason, path)))
  }
}

/** Writes a draft beside a file, and takes it away again unless it has got a name meanwhile. */
export async function withDraft(
  path: string,
  content: Uint8Array,
  making: Making,
  name: (draft: string) => Promise<void>,
): Promise<void> {
  // In the same folder: a name is changed at once within one file system alone.
  const draft = join(dirname(path), `.claviger-${randomUUID()}`)
  // The signal ends the process as it would have.
  const ended = (signal: NodeJS.Signals): void => {
    unlinkIfThere(draft)
    process.kill(process.pid, signal)
  }
  for (const signal of ENDING) process.once(signal, ended)
  try {
    await fill(await open(draft, 'wx', making.mode), content, making)
    await name(draft)
  } catch (error) {
    throw told(error, path)
  } finally {
    // It bears its own name now, or is not wanted.
    await unlink(draft).catch(() => undefined)
    for (const signal of ENDING) process.off(signal, ended)
  }
}

/** The name of the file says something to whoever reads of it; that of the draft does not. */
function told(error: unknown, path: string): Error {
  return Object.assign(error as Error, { path })
}

async function fill(handle: FileHandle, content: Uint8Array, { prepare }: Making): Promise<void> {
  try {
    await prepare?.(handle)
    await handle.writeFile(content)
    await handle.truncate(content.byteLength)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // It has not been made yet, or has its own name already.
  }
}
