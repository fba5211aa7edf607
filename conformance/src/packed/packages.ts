import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { REPOSITORY } from '../machine/repository.ts'

/** What is read of the manifest of a package. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly license?: string
  readonly publishConfig?: { readonly access?: string }
  readonly engines?: { readonly node?: string }
  readonly bin?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** A package that is to be published, and its folder below the repository. */
export interface PublishedPackage {
  readonly folder: string
  readonly manifest: Manifest
}

/** Every package but those that say that they are private. */
export function publishedPackages(): readonly PublishedPackage[] {
  return globSync('packages/*/package.json', { cwd: REPOSITORY })
    .map((path) => ({ folder: dirname(path), manifest: readManifest(join(REPOSITORY, path)) }))
    .filter(({ manifest }) => manifest.private !== true)
    .sort((a, b) => (a.folder < b.folder ? -1 : 1))
}

/** The manifest at a path. */
export function readManifest(path: string): Manifest {
  // Its shape is npm's, who has read it before.
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest
}
