import { tmpdir } from 'node:os'

/** The machine's own environment, which says how it reaches the registries of packages. */
export function ownEnvironment(): Record<string, string> {
  const env: Record<string, string> = { HOME: tmpdir() }
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) env[name] = value
  }
  return env
}
