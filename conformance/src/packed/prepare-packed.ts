import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { findProgram, searchPath } from '../machine/find-program.ts'
import type { Found } from '../machine/machine.ts'
import { ownEnvironment } from '../machine/own-environment.ts'
import { REPOSITORY } from '../machine/repository.ts'
import { runProgram } from '../machine/run-program.ts'
import { publishedPackages } from './packages.ts'

/**
 * Compiles and packs what is published and installs the tarballs in an empty folder, as a user does
 * who lets packages run nothing. The folder goes with this process; it is outside of the
 * repository, because there a package would find what it forgot to name.
 */
export async function preparePacked(): Promise<Found> {
  const npm = findProgram('npm')
  if ('missing' in npm) return npm
  const folder = mkdtempSync(join(tmpdir(), 'claviger-packed-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const tarballs = join(folder, 'tarballs')
  const installed = join(folder, 'installed')
  mkdirSync(tarballs)
  mkdirSync(installed)
  writeFileSync(join(installed, 'package.json'), '{ "private": true, "type": "module" }\n')
  try {
    removeLeftovers()
    await succeed(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], 120)
    const chosen = publishedPackages().flatMap((published) => ['-w', published.folder])
    const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', tarballs]
    await succeed(npm.path, [...pack, ...chosen], 60)
    const files = readdirSync(tarballs).map((name) => join(tarballs, name))
    const quickly = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']
    // A package that warns of the Node that users have fails: the server brings its own.
    const strictly = ['--engine-strict', '--silent', '--prefix', installed]
    // By its name, because npm tells its scripts a folder in the environment.
    await succeed(npm.path, ['install', ...strictly, ...quickly, ...files], 180, usersPath())
    return { path: installed }
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) }
  }
}

/** The compiler leaves what it once made of files that are gone; it may not be packed. */
function removeLeftovers(): void {
  for (const { folder } of publishedPackages()) {
    for (const made of globSync('dist/**/*.{js,d.ts}', { cwd: join(REPOSITORY, folder) })) {
      const source = made.replace(/^dist/, 'src').replace(/(\.d\.ts|\.js)$/, '.ts')
      if (existsSync(join(REPOSITORY, folder, source))) continue
      rmSync(join(REPOSITORY, folder, made))
    }
  }
}

/** Where npm finds the Node that users have, not the one among our packages. */
function usersPath(): Readonly<Record<string, string>> {
  return { PATH: searchPath().join(delimiter) }
}

async function succeed(
  command: string,
  args: readonly string[],
  seconds: number,
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  const env = { ...ownEnvironment(), ...variables }
  const options = { cwd: REPOSITORY, env, limitSeconds: seconds }
  const { code, output, errors } = await runProgram(command, args, options)
  if (code === 0) return
  const said = (output + errors).split('\n').slice(-15).join('\n')
  throw new Error(`${command} ${args.slice(0, 2).join(' ')} ended with ${code}: ${said}`)
}
