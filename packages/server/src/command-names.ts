// What a person types is one thing in a clone of the repository and another where the package is
// installed; every text that names a command has it from here.

/** What a person types to install the server and to run each program of it. */
export interface CommandNames {
  readonly install: string
  readonly start: string
  readonly admin: string
  readonly auditVerify: string
}

const IN_CLONE: CommandNames = {
  install: 'npm ci',
  start: 'npm start',
  admin: 'npm run admin --',
  auditVerify: 'npm run audit:verify --',
}

const OF_COMMAND_LINE: CommandNames = {
  install: 'npm install @claviger/server',
  start: 'claviger start',
  admin: 'claviger admin',
  auditVerify: 'claviger audit verify',
}

const INSTALLED: CommandNames = {
  install: 'npm install @claviger/server',
  start: 'claviger-server start',
  admin: 'claviger-server admin',
  auditVerify: 'claviger-server audit-verify',
}

/**
 * The names for a program whose module is at `moduleUrl`: the sources are in a clone alone.
 * @param startedAs the first word that the process was given; `claviger` gives its own name.
 */
export function commandNamesOf(moduleUrl: string, startedAs: string): CommandNames {
  if (moduleUrl.endsWith('.ts')) return IN_CLONE
  return startedAs === 'claviger' ? OF_COMMAND_LINE : INSTALLED
}

/** The names for this process. */
export const COMMAND_NAMES: CommandNames = commandNamesOf(import.meta.url, process.argv0)
