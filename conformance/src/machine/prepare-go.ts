import { fileURLToPath } from 'node:url'
import { prepareBuilt, runBuilder } from './built-programs.ts'
import { findProgram } from './find-program.ts'
import type { Found } from './machine.ts'
import { recentGo } from './recent-go.ts'

const SOURCES = fileURLToPath(new URL('../../go', import.meta.url))
const TARGET = fileURLToPath(new URL('../../.go', import.meta.url))

/** The folder with the programs `azure` and `alibaba`, of the versions that go.sum pins. */
export async function prepareGo(): Promise<Found> {
  const go = findProgram('go')
  if ('missing' in go) return go
  const build = async (): Promise<void> =>
    runBuilder(await recentGo(go.path), ['build', '-o', `${TARGET}/`, './azure', './alibaba'], {
      what: 'go did not build the programs with the pinned packages',
      cwd: SOURCES,
      limitSeconds: 240,
      // An older one fetches the Go that the packages ask for.
      env: { GOTOOLCHAIN: 'auto', GOFLAGS: '-mod=readonly -buildvcs=false' },
    })
  return prepareBuilt({ sources: SOURCES, target: TARGET, build })
}
