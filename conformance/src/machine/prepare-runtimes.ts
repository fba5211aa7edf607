import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findProgram } from './find-program.ts'
import type { Found, Machine } from './machine.ts'
import { ownEnvironment } from './own-environment.ts'
import { runProgram } from './run-program.ts'

const FOLDER = fileURLToPath(new URL('../../runtimes/', import.meta.url))

/** Where the packages of each platform have the program. */
const DENO = { x64: '@deno/linux-x64-glibc/deno', arm64: '@deno/linux-arm64-glibc/deno' }
const BUN = {
  x64: '@oven/bun-linux-x64-baseline/bin/bun',
  arm64: '@oven/bun-linux-aarch64/bin/bun',
}
const WORKERD = {
  x64: '@cloudflare/workerd-linux-64/bin/workerd',
  arm64: '@cloudflare/workerd-linux-arm64/bin/workerd',
}

type Runtimes = Pick<Machine, 'deno' | 'bun' | 'workerd'>

/**
 * Deno, Bun and workerd from the packages that their own installers take them from, some 350 MB:
 * these need to run nothing when they are installed, as the packages `deno` and `bun` do.
 */
export async function prepareRuntimes(): Promise<Runtimes> {
  const failure = await install()
  return {
    deno: found(DENO, failure),
    bun: found(BUN, failure),
    workerd: found(WORKERD, failure),
  }
}

/** None of them, for one reason. */
export function noRuntimes(reason: Found): Runtimes {
  return { deno: reason, bun: reason, workerd: reason }
}

/** The reason why it did not work, if it did not. */
async function install(): Promise<string | undefined> {
  const installed = `${FOLDER}node_modules/.package-lock.json`
  const wanted = statSync(`${FOLDER}package-lock.json`).mtimeMs
  if (existsSync(installed) && statSync(installed).mtimeMs > wanted) return undefined
  const npm = findProgram('npm')
  if ('missing' in npm) return npm.missing
  const args = ['ci', '--silent', '--ignore-scripts', '--no-audit', '--prefix', FOLDER]
  const options = { cwd: FOLDER, env: ownEnvironment(), limitSeconds: 180 }
  const { code, errors } = await runProgram(npm.path, args, options)
  return code === 0 ? undefined : `npm did not give them: ${errors.slice(-300)}`
}

function found(paths: Readonly<Record<'x64' | 'arm64', string>>, failure = ''): Found {
  const { arch } = process
  if (arch !== 'x64' && arch !== 'arm64') return { missing: `nothing is packed for ${arch}` }
  const path = `${FOLDER}node_modules/${paths[arch]}`
  if (existsSync(path)) return { path }
  return { missing: failure === '' ? `${path} is not there` : failure }
}
