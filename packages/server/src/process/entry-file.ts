import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The program `name` beside a module: `.ts` when run from source, `.js` when built. */
export function entryFile(name: string, moduleUrl: string): string {
  return fileURLToPath(new URL(`./${name}${extname(new URL(moduleUrl).pathname)}`, moduleUrl))
}
