// `npm start` begins here, in plain JavaScript, because an older Node cannot even read the sources:
// it would end in an error about a file extension that helps nobody.
import { readFileSync } from 'node:fs'

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
await import('./src/main.ts')
