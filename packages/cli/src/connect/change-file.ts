import { readFile, readlink, realpath, stat, unlink } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { replaceFile } from '../replace-file.ts'

/**
 * Changes a file of somebody's, whole or not at all, and keeps its mode and, where that may be, its
 * owner; of a link, what it leads to. Octets are characters; `undefined` is a file that is not there.
 */
export async function changeFile(
  name: string,
  change: (file: string | undefined) => string | undefined,
): Promise<void> {
  const path = await endOf(name)
  const there = await unlessMissing(stat(path))
  const before = await unlessMissing(readFile(path, 'latin1'))
  const after = change(before)
  if (after === before) return
  if (after === undefined) {
    await unlink(path)
    return
  }
  await replaceFile(path, Buffer.from(after, 'latin1'), {
    mode: 0o666,
    prepare: async (handle) => {
      if (there === undefined) return
      // It may be another's, whom this user may write for but not give files to.
      await handle.chown(there.uid, there.gid).catch(() => undefined)
      await handle.chmod(there.mode & 0o777).catch(() => undefined)
    },
  })
}

/** Where links lead in the end; also when nothing is there. */
async function endOf(path: string): Promise<string> {
  const end = await unlessMissing(realpath(path))
  if (end !== undefined) return end
  const next = await readlink(path).catch(() => undefined)
  return next === undefined ? path : endOf(resolve(dirname(path), next))
}

async function unlessMissing<Found>(looking: Promise<Found>): Promise<Found | undefined> {
  return looking.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
}
