import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Found } from './machine.ts'

const LIBRARIES = '/usr/lib'
/** The one for programs with threads. */
const NAME = 'faketime/libfaketimeMT.so.1'

/** Looks for libfaketime where Debian's package has it, below the machine's own kind. */
export function findFaketime(): Found {
  const folders = readdirSync(LIBRARIES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(LIBRARIES, name))
  const path = [LIBRARIES, ...folders].map((folder) => join(folder, NAME)).find(existsSync)
  return path === undefined ? { missing: 'libfaketime is not installed (faketime)' } : { path }
}
