import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, it } from 'node:test'
import { REPOSITORY } from '../machine/repository.ts'
import { type Manifest, publishedPackages } from './packages.ts'

const packages = publishedPackages()
const names = new Set(packages.map(({ manifest }) => manifest.name))

function allDependencies(manifest: Manifest): readonly (readonly [string, string])[] {
  const { dependencies, optionalDependencies, peerDependencies } = manifest
  return Object.entries({ ...dependencies, ...optionalDependencies, ...peerDependencies })
}

function ownDependencies(manifest: Manifest): readonly (readonly [string, string])[] {
  return allDependencies(manifest).filter(([name]) => name.startsWith('@claviger/'))
}

describe('the packages that are published', () => {
  it('are those that users install', () => {
    for (const name of ['vault', 'wire', 'server', 'client', 'cli']) {
      assert.ok(names.has(`@claviger/${name}`), name)
    }
  })

  it('are of one version, and depend on each other at exactly that', () => {
    const [first] = packages
    assert.ok(first)
    for (const { manifest } of packages) {
      assert.equal(manifest.version, first.manifest.version, manifest.name)
      for (const [name, version] of ownDependencies(manifest)) {
        assert.ok(names.has(name), `${manifest.name} needs ${name}, which is not published`)
        assert.equal(version, first.manifest.version, `${manifest.name} on ${name}`)
      }
    }
  })

  it('name every dependency exactly', () => {
    for (const { manifest } of packages) {
      for (const [name, version] of allDependencies(manifest)) {
        assert.match(version, /^\d+\.\d+\.\d+$/, `${manifest.name} on ${name}`)
      }
    }
  })

  it('run nothing when they are installed', () => {
    for (const { manifest } of packages) assert.equal(manifest.scripts, undefined, manifest.name)
  })

  it("bring the repository's own licence and say what they are", () => {
    const licence = readFileSync(join(REPOSITORY, 'LICENSE'), 'utf8')
    for (const { folder, manifest } of packages) {
      assert.equal(manifest.license, 'Apache-2.0')
      assert.equal(readFileSync(join(REPOSITORY, folder, 'LICENSE'), 'utf8'), licence, folder)
      const readme = readFileSync(join(REPOSITORY, folder, 'README.md'), 'utf8')
      assert.ok(readme.startsWith(`# ${manifest.name}\n`), folder)
    }
  })

  it('are for everybody, though their names have a scope', () => {
    for (const { manifest } of packages) {
      assert.equal(manifest.publishConfig?.access, 'public', manifest.name)
    }
  })

  it('ask for Node 20.16 where users run them, and for none where the server brings it', () => {
    const asked = packages.map(({ folder, manifest }) => [basename(folder), manifest.engines?.node])
    const users = '>=20.16'
    assert.deepEqual(Object.fromEntries(asked), {
      cli: users, client: users, server: users, vault: undefined, wire: undefined,
    })
  })

  it('give no two programs the same name', () => {
    const programs = packages.flatMap(({ manifest }) => Object.keys(manifest.bin ?? {}))
    assert.equal(new Set(programs).size, programs.length, programs.join())
  })

  it('bring the Node that the server is made for, the same on every platform', () => {
    const server = packages.find(({ folder }) => basename(folder) === 'server')
    const versions = Object.values(server?.manifest.optionalDependencies ?? {})
    assert.ok(versions.length >= 4)
    assert.equal(new Set(versions).size, 1, versions.join())
    assert.equal(process.version, `v${versions[0]}`)
  })

  it('are compiled by the one build', () => {
    const references = readFileSync(join(REPOSITORY, 'tsconfig.json'), 'utf8')
    for (const { folder } of packages) {
      assert.ok(references.includes(`"${folder}"`), folder)
      assert.notEqual(globSync(`${folder}/tsconfig*.json`, { cwd: REPOSITORY }).length, 0)
    }
  })
})
