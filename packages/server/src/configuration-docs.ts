import { writeFileSync } from 'node:fs'
import { settings } from './settings.ts'

/** Where the generated page stands. */
export const configurationPage: URL = new URL('../../../docs/configuration.md', import.meta.url)

/** Renders `docs/configuration.md` from the table of settings. */
export function configurationDocs(): string {
  const rows = Object.values(settings).map(
    ({ variable, description, form, defaultText }) =>
      `### ${variable}\n\n${description}\n\nValue: ${form}. Default: ${defaultText}.\n`,
  )
  return [
    '<!-- Made by packages/server/src/configuration-docs.ts from settings.ts; not by hand. -->',
    '# Configuration',
    '',
    'Settings are environment variables, read once at start. An empty variable counts as absent,',
    'relative paths start at the working directory, and a `CLAVIGER_` variable that is not listed',
    'here stops the start, as does a wrong value: all problems are reported at once. Secrets are',
    'never settings; they stand in files that settings name.',
    '',
    ...rows,
  ].join('\n')
}

if (import.meta.main) writeFileSync(configurationPage, configurationDocs())
