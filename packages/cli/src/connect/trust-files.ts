import { access, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'

/** The files by which programs trust a server. */
export interface TrustFiles {
  /** The server's CA, for what adds to the roots a program has. */
  readonly caFile: string
  /** For what replaces them, the CA and the machine's roots; absent where no server wrote it. */
  readonly bundleFile?: string
}

/**
 * The CA that `--ca-file` names, else that of the data folder in CLAVIGER_DATA_DIR, else that of
 * NODE_EXTRA_CA_CERTS, as connect.env sets it, else that of the folder `claviger-data` here;
 * `undefined` when there is none, as with a certificate of a public authority.
 * @throws CliError when a file that is named has no certificate.
 */
export async function trustFilesOf(
  named: string | undefined,
  { surroundings: { environment, workingDirectory }, say }: CommandContext,
): Promise<TrustFiles | undefined> {
  const { CLAVIGER_DATA_DIR: folder, NODE_EXTRA_CA_CERTS: extra } = environment
  const asked = named ?? (folder ? join(folder, 'ca.pem') : extra || undefined)
  const caFile = resolve(workingDirectory, asked ?? join('claviger-data', 'ca.pem'))
  // With a certificate of the operator's own the server writes none.
  if (named === undefined && !(await isThere(caFile))) return undefined
  // In a shell file a path with a line break could be read as a mark.
  const text = /[\r\n\0]/.test(caFile) ? '' : await readFile(caFile, 'latin1')
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw usageError(say('noCertificate', { file: caFile }))
  }
  const bundleFile = join(dirname(caFile), 'ca-bundle.pem')
  return { caFile, ...((await isThere(bundleFile)) ? { bundleFile } : {}) }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file)
    return true
  } catch {
    return false
  }
}
