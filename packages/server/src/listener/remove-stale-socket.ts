import { lstat, unlink } from 'node:fs/promises'
import { connect } from 'node:net'
import { StartError } from '../process/start-error.ts'

/**
 * Makes way for a new Unix socket: a killed process leaves its own behind, a live one still answers.
 * @throws StartError when the path cannot be used.
 */
export async function removeStaleSocket(socketPath: string): Promise<void> {
  // The kernel's limit, less on macOS; a longer path would be cut off without a word.
  if (Buffer.byteLength(socketPath) > 103) {
    throw new StartError(`${socketPath} is longer than 103 bytes; use a shorter folder.`)
  }
  const found = await lstat(socketPath).catch(() => undefined)
  if (found === undefined) return
  if (!found.isSocket()) throw new StartError(`${socketPath} is no socket; move it away.`)
  const isAlive = await new Promise<boolean>((resolve) => {
    const probe = connect(socketPath)
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false))
    probe.once('connect', () => probe.destroy())
  })
  if (isAlive) throw new StartError(`Another process listens on ${socketPath}; stop it first.`)
  await unlink(socketPath)
}
