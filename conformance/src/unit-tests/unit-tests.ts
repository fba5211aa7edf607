import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { REPOSITORY } from '../machine/repository.ts'
import type { PortableProgram } from '../runtimes/bundle.ts'

/** What stands in a browser for the modules of Node that tests are written with. */
const INSTEAD: Readonly<Record<string, string>> = {
  'node:test': fileURLToPath(new URL('node-test.ts', import.meta.url)),
  'node:assert/strict': fileURLToPath(new URL('node-assert.ts', import.meta.url)),
  'node:util': fileURLToPath(new URL('node-util.ts', import.meta.url)),
}

/** Every file of the client's unit tests, beneath its `src`. */
export function unitTests(): readonly string[] {
  return globSync('**/*.test.ts', { cwd: `${REPOSITORY}packages/client/src` }).toSorted()
}

/** The modules that a browser lacks and these files read, themselves or by what they import. */
export async function modulesOfNode(
  files: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { metafile } = await build({
    entryPoints: files.map((file) => `packages/client/src/${file}`),
    absWorkingDir: REPOSITORY,
    outdir: 'nowhere',
    outbase: 'packages/client/src',
    bundle: true,
    format: 'esm',
    conditions: ['claviger-source'],
    alias: INSTEAD,
    external: ['node:*', 'esbuild'],
    write: false,
    metafile: true,
    logLevel: 'silent',
  })
  const read = Object.entries(metafile.outputs).map(([path, { imports }]) => {
    const file = path.replace(/^nowhere\//, '').replace(/\.js$/, '.ts')
    return [file, imports.map((one) => one.path).toSorted()] as const
  })
  return new Map(read)
}

/** Files of tests as one program, which tells how each test ended. */
export function programOfTests(files: readonly string[]): PortableProgram {
  const reads = files.map((file) => {
    const path = JSON.stringify(`${REPOSITORY}packages/client/src/${file}`)
    return `await file(${JSON.stringify(file)}, () => import(${path}))`
  })
  const code = [
    "import { endings, file } from 'node:test'",
    `async function seen() {`,
    ...reads,
    'return endings()',
    '}',
  ].join('\n')
  return { code, given: {}, instead: INSTEAD }
}
