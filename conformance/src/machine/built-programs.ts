import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Found } from './machine.ts'
import { ownEnvironment } from './own-environment.ts'
import { runProgram } from './run-program.ts'

/** Client programs in a language that is compiled, and how that is done. */
export interface BuiltPrograms {
  /** The folder of the sources, with what pins the packages. */
  readonly sources: string
  /** The folder that they are built into; what is there is kept until the sources change. */
  readonly target: string
  /** Fetches and compiles. @throws Error with the reason why it did not work */
  readonly build: () => Promise<void>
}

/** The folder of what is built, or the reason why it is not. */
export async function prepareBuilt({ sources, target, build }: BuiltPrograms): Promise<Found> {
  const stamp = join(target, 'sources.sha256')
  const hash = hashOf(sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return { path: target }
  try {
    rmSync(target, { recursive: true, force: true })
    mkdirSync(target)
    await build()
    writeFileSync(stamp, hash)
    return { path: target }
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) }
  }
}

/** The program that builds, with the machine's own environment. @throws Error when it fails */
export async function runBuilder(
  command: string,
  args: readonly string[],
  { what, ...options }: {
    /** What could not be done, should it fail. */
    readonly what: string
    readonly cwd: string
    readonly limitSeconds: number
    readonly env?: Readonly<Record<string, string>>
  },
): Promise<void> {
  const env = { ...ownEnvironment(), ...options.env }
  const { code, output, errors } = await runProgram(command, args, { ...options, env })
  if (code !== 0) throw new Error(`${what}: ${(output + errors).trim().slice(-300)}`)
}

function hashOf(folder: string): string {
  const hash = createHash('sha256')
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).toSorted()) {
    hash.update(`${file}\n`).update(readFileSync(file))
  }
  return hash.digest('hex')
}
