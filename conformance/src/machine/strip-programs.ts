import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
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
  const names = readdirSync(PROGRAMS, { recursive: true, encoding: 'utf8' })
  for (const name of names.filter((file) => file.endsWith('.ts'))) {
    const source = stripTypeScriptTypes(readFileSync(join(PROGRAMS, name), 'utf8'))
    const text = source.replaceAll(/(from '\.\.?\/[\w-]+)\.ts'/g, "$1.mjs'")
    const file = join(target, name.replace(/\.ts$/, '.mjs'))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return target
}

/** The path of a client program, for the runtime that takes off types by itself. */
export function programPath(name: string): string {
  return join(PROGRAMS, `${name}.ts`)
}
