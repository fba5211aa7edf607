import { chmodSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ownEnvironment } from './own-environment.ts'
import { runProgram } from './run-program.ts'

/** From this one on, Go fetches by itself the Go that packages ask for. */
const FETCHES_ITSELF = [1, 21] as const
/** The Go for the packages of go.mod where the machine's own cannot fetch one. */
const TOOLCHAIN = 'v0.0.1-go1.25.4'
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/**
 * A Go that can build what needs a newer one: this one, or one that it fetches as the module that Go's
 * own releases are. @throws Error when there is none
 */
export async function recentGo(go: string): Promise<string> {
  if (isAtLeast(await outputOf(go, ['env', 'GOVERSION']))) return go
  const architecture = ARCHITECTURES[process.arch] ?? process.arch
  const module = `golang.org/toolchain@${TOOLCHAIN}.${process.platform}-${architecture}`
  const { Dir: folder } = JSON.parse(
    await outputOf(go, ['mod', 'download', '-json', module]),
  ) as { readonly Dir?: string }
  if (folder === undefined) throw new Error(`${module} has no folder`)
  const programs = [join(folder, 'bin'), ...toolFolders(join(folder, 'pkg', 'tool'))]
  // A module keeps no mode, and none of its files is to be written.
  for (const one of programs) {
    for (const name of readdirSync(one)) chmodSync(join(one, name), 0o555)
  }
  return join(folder, 'bin', 'go')
}

function toolFolders(tools: string): readonly string[] {
  return readdirSync(tools).map((name) => join(tools, name))
}

function isAtLeast(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^go/, '').split('.').map(Number)
  const [needsMajor, needsMinor] = FETCHES_ITSELF
  return major > needsMajor || (major === needsMajor && minor >= needsMinor)
}

async function outputOf(go: string, args: readonly string[]): Promise<string> {
  const { code, output, errors } = await runProgram(go, args, {
    // No go.mod there: it would be one of a newer Go.
    cwd: '/',
    env: ownEnvironment(),
    limitSeconds: 120,
  })
  if (code !== 0) throw new Error(`go ${args[0]}: ${errors.trim().slice(-300)}`)
  return output.trim()
}
