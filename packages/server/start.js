// `npm start` begins here, in plain JavaScript, because an older Node cannot even read the sources:
// it would end in an error about a file extension that helps nobody.
import { readFileSync } from 'node:fs'
import * as module from 'node:module'
import { fileURLToPath } from 'node:url'

const { engines } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const wanted = Number.parseInt(engines.node.replace(/^\D+/, ''), 10)
const found = Number.parseInt(process.versions.node, 10)
if (found < wanted) {
  process.stderr.write(
    `claviger: Claviger needs Node ${wanted}, and this is Node ${process.versions.node}. npm brings the ` +
      'right one for Linux with glibc, macOS on Apple silicon and Windows: type "npm ci" and then ' +
      '"npm start". Elsewhere, such as on Alpine, install that Node first.\n',
  )
  process.exit(78)
}

// What the runtime makes of the sources is kept beside the packages it makes it of, so that the next
// start need not do it again; the processes below find it by the variable. Where the folder cannot be
// written there is no cache.
const cache = fileURLToPath(new URL('../../node_modules/.cache/claviger', import.meta.url))
process.env.NODE_COMPILE_CACHE ??= cache
module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE)
await import('./src/main.ts')
