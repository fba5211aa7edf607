#!/usr/bin/env node
// `npm start` and the installed `claviger-server` begin here, in plain JavaScript, because an older
// Node cannot read the sources nor do what the server needs: it hands over to the Node that this
// package brings.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import * as module from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const { optionalDependencies } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.url), 'utf8'),
)
const wanted = Number.parseInt(Object.values(optionalDependencies)[0], 10)
const found = Number.parseInt(process.versions.node, 10)
/** A clone of the repository has the sources, an installed package what they compile to. */
const isClone = existsSync(new URL('src/main.ts', import.meta.url))

/** What the first word of the command line starts; without one, the server. */
const PROGRAMS = { start: 'main', admin: 'admin', 'audit-verify': 'audit-verify' }

if (found === wanted) await runHere()
else handOver(broughtNode())

async function runHere() {
  // What the runtime makes of the code is kept beside the packages it makes it of, so that the next
  // start need not do it again; the processes below find it by the variable. Where the folder
  // cannot be written there is no cache.
  const packages = isClone ? '../../node_modules/' : '../../'
  const cache = fileURLToPath(new URL(`${packages}.cache/claviger`, import.meta.url))
  process.env.NODE_COMPILE_CACHE ??= cache
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE)
  const word = Object.hasOwn(PROGRAMS, process.argv[2] ?? '') ? process.argv[2] : undefined
  if (word !== undefined) process.argv.splice(2, 1)
  const program = PROGRAMS[word ?? 'start']
  await import(isClone ? `./src/${program}.ts` : `./dist/${program}.js`)
}

/** The path of the Node among this package's dependencies, `undefined` where npm brings none. */
function broughtNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const isForHere = (name) => name.endsWith(`-${platform}-${process.arch}`)
  const name = Object.keys(optionalDependencies).find(isForHere)
  try {
    const manifest = module.createRequire(import.meta.url).resolve(`${name}/package.json`)
    const path = join(dirname(manifest), 'bin', platform === 'win' ? 'node.exe' : 'node')
    return path === process.execPath ? undefined : path
  } catch {
    return undefined
  }
}

function handOver(node) {
  if (node === undefined) return refuse()
  const source = '--conditions=claviger-source'
  const options = process.execArgv.filter((option) => option !== source)
  if (isClone) options.push(source)
  const args = [...options, fileURLToPath(import.meta.url), ...process.argv.slice(2)]
  // By the name that this process was given, so that its texts name commands as they were typed.
  const child = spawn(node, args, { stdio: 'inherit', argv0: process.argv0 })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(signal, () => void child.kill(signal))
  }
  // As where the libraries that it was made for are not, such as on Alpine.
  child.once('error', refuse)
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal]
  })
}

function refuse() {
  const again = isClone ? 'type "npm ci" and then "npm start"' : 'install this package again'
  process.stderr.write(
    `claviger: Claviger needs Node ${wanted}, and this is Node ${process.versions.node}. npm brings ` +
      `the right one for Linux with glibc, macOS on Apple silicon and Windows: ${again}, without ` +
      'leaving out optional dependencies. Elsewhere, such as on Alpine, install that Node first.\n',
  )
  process.exit(78)
}
