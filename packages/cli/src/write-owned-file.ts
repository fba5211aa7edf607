import { constants } from 'node:fs'
import {
  copyFile,
  type FileHandle,
  link,
  lstat,
  readlink,
  stat,
  writeFile,
} from 'node:fs/promises'
import { type Making, replaceFile, withDraft } from './replace-file.ts'

/** Of file systems without links, such as those of memory cards. */
const NO_LINKS: readonly unknown[] = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']

const FOR_ITS_OWNER: Making = {
  mode: 0o600,
  // Also of a file that is there, and in whose place nothing can be put.
  prepare: (handle: FileHandle) => handle.chmod(0o600),
}

/**
 * Writes a file for its owner alone, whole or not at all: what was there stays until all is on the
 * disk, except where the folder lets nothing be put in its place. With `overwrite` a link is
 * replaced, not what it leads to, and what is no file, such as a pipe, is written into.
 * @throws Error `EEXIST` when it is there and not to be replaced.
 */
export async function writeOwnedFile(
  path: string,
  content: Uint8Array,
  overwrite: boolean,
): Promise<void> {
  if (overwrite && (await isStream(path))) return writeFile(path, content)
  if (overwrite) return replaceFile(path, content, FOR_ITS_OWNER)
  await withDraft(path, content, FOR_ITS_OWNER, (draft) => nameDraft(draft, path))
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
