import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { REPOSITORY } from '../machine/repository.ts'

/** A program without anything of Node's. */
export interface PortableProgram {
  /** Code that has a function `seen`, of JSON to JSON. */
  readonly code: string
  readonly given: Readonly<Record<string, unknown>>
  /** Files in the place of modules, by their names. */
  readonly instead?: Readonly<Record<string, string>>
}

/** The program that a module has. */
export function programOf(module: URL, given: PortableProgram['given']): PortableProgram {
  return { code: `import { seen } from ${JSON.stringify(fileURLToPath(module))}`, given }
}

/**
 * One file of a program and all that it imports, as browsers and edge workers take it.
 * @param around code that calls `seen`, as the runtime wants to be begun.
 */
export async function bundle(program: PortableProgram, around: string): Promise<string> {
  const { code, instead = {} } = program
  const { outputFiles } = await build({
    stdin: { contents: `${code}\n${around}`, resolveDir: REPOSITORY, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['claviger-source'],
    alias: instead,
    // Only what is around the program may use anything of a runtime.
    external: ['node:fs'],
    write: false,
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}
