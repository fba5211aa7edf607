import { copyFileSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cleanEnvironment } from '../machine/clean-environment.ts'
import { REPOSITORY } from '../machine/repository.ts'
import { runProgram } from '../machine/run-program.ts'

const PROGRAM = fileURLToPath(new URL('use-client.ts', import.meta.url))

/**
 * Compiles the program of a user against the types of the installed client, where nothing but the
 * language's own is known besides. Gives the path of the JavaScript, which is the caller's alone.
 * @param place where the packages are installed.
 * @throws Error with what does not fit.
 */
export async function compileProgram(place: string): Promise<string> {
  const folder = mkdtempSync(join(place, 'program-'))
  copyFileSync(PROGRAM, join(folder, 'use-client.ts'))
  const compiler = join(REPOSITORY, 'node_modules/typescript/bin/tsc')
  const strictly = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess']
  const as = ['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2024,dom,dom.asynciterable']
  const args = [compiler, ...strictly, ...as, '--types', '', 'use-client.ts']
  const options = { cwd: folder, env: cleanEnvironment(folder), limitSeconds: 30 }
  const { code, output, errors } = await runProgram(process.execPath, args, options)
  if (code !== 0) throw new Error(output + errors)
  return join(folder, 'use-client.js')
}
