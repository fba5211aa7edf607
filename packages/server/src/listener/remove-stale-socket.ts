import { lstat, unlink } from 'node:fs/promises'
import { connect } from 'node:net'
import { shellWord } from '../connect/shell-word.ts'
import { StartError } from '../process/start-error.ts'
import { settings } from '../settings.ts'

/**
 * Makes way for a new Unix socket: a killed process leaves its own behind, a live one still answers.
 * @throws StartError when the path cannot be used.
 */
export async function removeStaleSocket(socketPath: string): Promise<void> {
  // The kernel's limit, less on macOS; a longer path would be cut off without a word.
  if (Buffer.byteLength(socketPath) > 103) {
    throw new StartError(
      `The path ${socketPath} is longer than the 103 bytes that a socket's may have; ` +
        `set ${settings.dataDir.variable} to a folder with a shorter one.`,
    )
  }
  const found = await lstat(socketPath).catch(() => undefined)
  if (found === undefined) return
  if (!found.isSocket()) {
    const path = shellWord(socketPath)
    throw new StartError(
      `${socketPath} is no socket, and what it is may be wanted. Type: mv ${path} ${path}.old`,
    )
  }
  const isAlive = await new Promise<boolean>((resolve) => {
    const probe = connect(socketPath)
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false))
    probe.once('connect', () => probe.destroy())
  })
  if (isAlive) {
    throw new StartError(
      `Another process listens on ${socketPath}. Stop it (to see it, type: ss -lxp), or set ` +
        `${settings.dataDir.variable} to another folder.`,
    )
  }
  await unlink(socketPath)
}
