import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Manifest, readManifest } from './packages.ts'

/** What the compiled files of an installed package import and neither it nor its manifest has. */
export function findMissing(folder: string): readonly string[] {
  const manifest = readManifest(join(folder, 'package.json'))
  return globSync('**/*.js', { cwd: folder, exclude: ['node_modules/**'] }).flatMap((file) =>
    importsOf(readFileSync(join(folder, file), 'utf8'))
      .filter((name) => !isThere(name, join(folder, dirname(file)), manifest))
      .map((name) => `${manifest.name}/${file}: ${name}`),
  )
}

function importsOf(text: string): readonly string[] {
  const fixed = /^(?:(?:import|export|\})[^'"\n]*\bfrom |import )['"]([^'"\n]+)['"]/gm
  const later = /\bimport\(['"]([^'"\n]+)['"]\)/g
  return [...text.matchAll(fixed), ...text.matchAll(later)].map(([, name = '']) => name)
}

function isThere(name: string, folder: string, manifest: Manifest): boolean {
  if (name.startsWith('node:')) return true
  if (name.startsWith('.')) return existsSync(join(folder, name))
  const needed = { ...manifest.dependencies, ...manifest.optionalDependencies }
  return Object.keys(needed).some((known) => name === known || name.startsWith(`${known}/`))
}
