import { searchPath } from './find-program.ts'

/**
 * The environment of every program a suite starts: nothing that this machine's owner has set, such
 * as credentials, proxies or certificate bundles, can help a check to pass.
 */
export function cleanEnvironment(home: string): Record<string, string> {
  return { PATH: searchPath().join(':'), HOME: home, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }
}
