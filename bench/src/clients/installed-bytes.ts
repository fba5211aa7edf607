import { globSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { REPOSITORY } from '@claviger/conformance/src/machine/repository.ts'

/** What packages take up on a disk with all that they need. */
export interface Installed {
  readonly packages: number
  readonly bytes: number
}

/** Of packages from the registry, as they lie here. */
export function installedBytes(names: readonly string[]): Installed {
  const folders = new Set<string>()
  const visit = (name: string, from: string): void => {
    const folder = folderOf(name, from)
    if (folder === undefined || folders.has(folder)) return
    folders.add(folder)
    const text = readFileSync(join(folder, 'package.json'), 'utf8')
    const { dependencies = {} } = JSON.parse(text) as { readonly dependencies?: object }
    for (const dependency of Object.keys(dependencies)) visit(dependency, folder)
  }
  for (const name of names) visit(name, REPOSITORY)
  const bytes = [...folders].reduce((sum, folder) => sum + bytesBelow(folder, '**/*'), 0)
  return { packages: folders.size, bytes }
}

/** Of our client: what its package holds when it is packed, and what it depends on. */
export function ourInstalledBytes(): Installed {
  const folder = join(REPOSITORY, 'packages/client')
  const { dependencies = {} } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as { readonly dependencies?: object }
  const { packages, bytes } = installedBytes(Object.keys(dependencies))
  const own = bytesBelow(folder, 'dist/**/*', (path) => !/\.test\.|^dist\/testing\//.test(path))
  return { packages: packages + 1, bytes: bytes + own + bytesBelow(folder, 'package.json') }
}

function folderOf(name: string, from: string): string | undefined {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? []
  return places
    .map((place) => join(place, name))
    .find((folder) => statSync(join(folder, 'package.json'), { throwIfNoEntry: false })?.isFile())
}

function bytesBelow(
  folder: string,
  pattern: string,
  isMeant: (path: string) => boolean = (path) => !path.startsWith('node_modules/'),
): number {
  return globSync(pattern, { cwd: folder })
    .filter(isMeant)
    .map((path) => statSync(join(folder, path)))
    .reduce((sum, found) => sum + (found.isFile() ? found.size : 0), 0)
}

