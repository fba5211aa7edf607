import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { REPOSITORY } from './repository.ts'

const PROGRAMS = fileURLToPath(new URL('../programs/', import.meta.url))

/**
 * Writes the client programs into `folder` as JavaScript, for a Node that cannot take off types by
 * itself, with the installed packages beside them. Gives the folder that holds them.
 */
export function stripPrograms(folder: string): string {
  const target = join(folder, 'programs')
  mkdirSync(target)
  symlinkSync(join(REPOSITORY, 'node_modules'), join(target, 'node_modules'))
  for (const name of readdirSync(PROGRAMS).filter((file) => file.endsWith('.ts'))) {
    const source = stripTypeScriptTypes(readFileSync(join(PROGRAMS, name), 'utf8'))
    const text = source.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.mjs'")
    writeFileSync(join(target, name.replace(/\.ts$/, '.mjs')), text)
  }
  return target
}

/** The path of a client program, for the runtime that takes off types by itself. */
export function programPath(name: string): string {
  return join(PROGRAMS, `${name}.ts`)
}
