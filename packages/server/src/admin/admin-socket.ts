import { join } from 'node:path'

/** The operator's socket in a data folder; the server listens on it, the admin command asks it. */
export function adminSocket(dataDir: string): string {
  return join(dataDir, 'admin.sock')
}
