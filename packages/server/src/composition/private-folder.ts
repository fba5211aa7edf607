import { statSync } from 'node:fs'
import { shellWord } from '../connect/shell-word.ts'
import { StartError } from '../process/start-error.ts'
import { settings } from '../settings.ts'

/** Who may use a folder, and the user that this process acts as (`undefined` on Windows). */
export interface FolderOwnership {
  readonly path: string
  readonly mode: number
  readonly owner: number
  readonly user: number | undefined
}

/**
 * Looks whether a data folder that is there already is its owner's alone. Whoever may write to it
 * can exchange the database, its lock and the admin socket, which no mode of the files prevents, so
 * that is refused. Whoever may only look sees names and sizes: the files are closed to others.
 * @returns a warning for the log; `undefined` when all is well, or there is no folder yet.
 * @throws StartError with the command to type.
 */
export function demandPrivateFolder(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  // What is no folder is refused by whoever opens it.
  if (stats?.isDirectory() !== true) return undefined
  const ownership = { path, mode: stats.mode, owner: stats.uid, user: process.geteuid?.() }
  const problem = folderProblem(ownership)
  if (problem?.isRefused === true) throw new StartError(problem.sentence)
  return problem?.sentence
}

/** What is wrong with who may use a folder. */
export function folderProblem({ path, mode, owner, user }: FolderOwnership):
  | { readonly sentence: string; readonly isRefused: boolean }
  | undefined {
  if (user === undefined) return undefined
  const found = (mode & 0o777).toString(8).padStart(4, '0')
  const command = `chmod 700 ${shellWord(path)}`
  if ((mode & 0o022) !== 0) {
    const sentence =
      `The data folder ${path} can be changed by others than its owner (mode ${found}), who ` +
      `could exchange what is in it. Type: ${command} – or set ${settings.dataDir.variable} to a ` +
      'folder in it, which the server then makes for itself.'
    return { sentence, isRefused: true }
  }
  if (owner !== user) {
    const sentence =
      `The data folder ${path} belongs to user ${owner}, who can exchange what is in it, but the ` +
      `server runs as user ${user}. Type: chown -R ${user} ${shellWord(path)}`
    return { sentence, isRefused: false }
  }
  if ((mode & 0o055) !== 0) {
    const sentence =
      `The data folder ${path} can be looked into by others than its owner (mode ${found}). ` +
      `Type: ${command}`
    return { sentence, isRefused: false }
  }
  return undefined
}
