import { readFileSync } from 'node:fs'

/**
 * The variables of a shell file made of `export NAME=value` lines; single and double quotes around
 * a value are taken off, nothing is expanded.
 */
export function readEnvFile(path: string): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {}
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const match = /^export ([A-Z_][A-Z0-9_]*)=(.*)$/.exec(line)
    const [, name, value] = match ?? []
    if (name === undefined || value === undefined) continue
    variables[name] = /^'.*'$|^".*"$/.test(value) ? value.slice(1, -1) : value
  }
  return variables
}
