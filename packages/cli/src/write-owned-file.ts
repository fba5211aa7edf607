import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import {
  copyFile,
  link,
  lstat,
  open,
  readlink,
  rename,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Of file systems without links, such as those of memory cards. */
const NO_LINKS: readonly unknown[] = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']

/**
 * Writes a file for its owner alone, whole or not at all: what was there stays until all is on the
 * disk. With `overwrite` a link is replaced, not what it leads to, and what is no file, such as a
 * pipe, is written into. @throws Error `EEXIST` when it is there and not to be replaced.
 */
export async function writeOwnedFile(
  path: string,
  content: Uint8Array,
  overwrite: boolean,
): Promise<void> {
  if (overwrite && (await isStream(path))) return writeFile(path, content)
  // In the same folder: a name is changed at once within one file system alone.
  const draft = join(dirname(path), `.claviger-${randomUUID()}`)
  try {
    await writeDraft(draft, content)
    if (overwrite) await rename(draft, path)
    else await nameDraft(draft, path)
  } catch (error) {
    // Whose name says something to whoever reads of it; that of the draft does not.
    throw Object.assign(error as Error, { path })
  } finally {
    // It bears its own name now, or is not wanted.
    await unlink(draft).catch(() => undefined)
  }
}

async function writeDraft(draft: string, content: Uint8Array): Promise<void> {
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Unlike a change of the name, a link replaces nothing. */
async function nameDraft(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path)
  } catch (error) {
    if (!NO_LINKS.includes((error as NodeJS.ErrnoException).code)) throw error
    await copyFile(draft, path, constants.COPYFILE_EXCL)
  }
}

/** Whether octets go through it: pipes, devices, and `/dev/stdout` wherever it leads. */
async function isStream(path: string): Promise<boolean> {
  try {
    const isLink = (await lstat(path)).isSymbolicLink()
    if (isLink && (await readlink(path)).startsWith('/proc/')) return true
    const there = await stat(path)
    return !there.isFile() && !there.isDirectory()
  } catch {
    // Nothing is there, or a link that leads nowhere.
    return false
  }
}
