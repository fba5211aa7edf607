import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** A program without anything of Node's; its module has a function `seen`, of JSON to JSON. */
export interface PortableProgram {
  readonly module: URL
  readonly given: Readonly<Record<string, unknown>>
}

/**
 * One file of a program and all that it imports, as browsers and edge workers take it.
 * @param around code that finds `seen` and calls it, as the runtime wants to be begun.
 */
export async function bundle(module: URL, around: string): Promise<string> {
  const path = fileURLToPath(module)
  const { outputFiles } = await build({
    stdin: {
      contents: `import { seen } from ${JSON.stringify(path)}\n${around}`,
      resolveDir: dirname(path),
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['claviger-source'],
    // Only what is around the program may use anything of a runtime.
    external: ['node:fs'],
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}
