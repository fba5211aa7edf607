import { cleanEnvironment } from './clean-environment.ts'
import { type ProgramResult, runProgram } from './run-program.ts'

/** Runs a program with these arguments. @throws Error with what it said when it failed */
export type Command = (...args: readonly string[]) => Promise<ProgramResult>

const LIMIT_SECONDS = 20

/** @param path of the program. @param folder where it works. */
export function command(path: string, folder: string): Command {
  return async (...args) => {
    const options = { cwd: folder, env: cleanEnvironment(folder), limitSeconds: LIMIT_SECONDS }
    const result = await runProgram(path, args, options)
    if (result.code === 0) return result
    const said = result.output + result.errors
    throw new Error(`${path} ${args[0] ?? ''} ended with ${result.code}: ${said}`)
  }
}
