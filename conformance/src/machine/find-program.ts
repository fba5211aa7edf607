import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Found } from './machine.ts'

/** Looks a program up in PATH and then in the usual folders, whatever the runner's own PATH is. */
export function findProgram(name: string, folders: readonly string[] = searchPath()): Found {
  const path = folders.map((folder) => join(folder, name)).find(isProgram)
  return path === undefined ? { missing: `${name} is not installed` } : { path }
}

/** The folders of PATH without those of node_modules, which npm puts in front. */
export function searchPath(): readonly string[] {
  const usual = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin']
  const own = (process.env['PATH'] ?? '').split(delimiter)
  return [...new Set([...own, ...usual])].filter((folder) => folder !== '' && !npmFolder(folder))
}

function npmFolder(folder: string): boolean {
  return folder.includes('node_modules') || folder.includes('node-gyp-bin')
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
