import { open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Replaces a file so that after a crash it is the old one or the new one, whole, and readable by
 * the owner alone. Two at a time for one path are not allowed.
 */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const fresh = `${path}.new`
  const file = await open(fresh, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } catch (cause) {
    await file.close()
    await unlink(fresh)
    throw cause
  }
  await file.close()
  await rename(fresh, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync() // otherwise the new name itself may be lost
  } finally {
    await folder.close()
  }
}
