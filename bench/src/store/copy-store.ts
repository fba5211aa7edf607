import { cp } from 'node:fs/promises'
import { rootKeyFile } from './store-config.ts'

/** Copies the data folder of a stopped server, and the root key that opens it. */
export async function copyStore(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true })
  await cp(rootKeyFile(from), rootKeyFile(to))
}
