import { randomBytes } from 'node:crypto'
import { mkdir, open, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { accessAdvice, codeOf, unsealFailed } from './read-private-file.ts'
import { settings } from './settings.ts'

const ROOT_KEY_BYTES = 32

/**
 * Writes a new root key file: 32 random octets in base64, mode 0600, durable before this resolves,
 * because all that is sealed with it is lost without it. Never replaces a file.
 * @throws Fault UnsealFailed when it cannot be written.
 */
export async function createRootKeyFile(path: string): Promise<void> {
  const folder = dirname(path)
  const key = randomBytes(ROOT_KEY_BYTES)
  try {
    const created = await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeDurably(path, `${key.toString('base64')}\n`)
    await syncFolders(folder, created === undefined ? folder : dirname(created))
  } catch (error) {
    const code = codeOf(error)
    throw unsealFailed(
      `the root key file ${path} cannot be made (${code})${accessAdvice(code)}; ` +
        `or set ${settings.rootKeyFile.variable} to another path`,
      error,
    )
  } finally {
    key.fill(0)
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } catch (error) {
    // Half a key would stop every later start.
    await unlink(path).catch(() => undefined)
    throw error
  } finally {
    await file.close()
  }
}

/** A new name is durable when its folder is; Windows has no way to ask for that. */
async function syncFolders(from: string, upTo: string): Promise<void> {
  if (process.platform === 'win32') return
  for (let folder = from; ; folder = dirname(folder)) {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (folder === upTo || folder === dirname(folder)) return
  }
}
