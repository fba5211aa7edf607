import type { Command } from 'commander'

/**
 * A script by which bash completes commands and options. It is a table, so that a press of the tab
 * key starts no program; a new version brings new words when it is made again.
 */
export function bashCompletion(program: Command): string {
  const rows = rowsOf(program, '')
  const paths = rows.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`]))
  return [
    '# Completion of claviger for bash: . <(claviger completion)',
    '_claviger() {',
    "  local path='' words='' index current=${COMP_WORDS[COMP_CWORD]}",
    '  for ((index = 1; index < COMP_CWORD; index++)); do',
    '    case "$path ${COMP_WORDS[index]}" in',
    `      ${paths.join(' | ')}) path="$path \${COMP_WORDS[index]}" ;;`,
    '    esac',
    '  done',
    '  case "$path" in',
    ...rows.map(({ path, words }) => `    '${path}') words='${words.join(' ')}' ;;`),
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -o default -F _claviger claviger',
    '',
  ].join('\n')
}

interface Row {
  /** Its words, each with a space before it. */
  readonly path: string
  readonly words: readonly string[]
}

function rowsOf(command: Command, path: string): readonly Row[] {
  const names = command.commands.map((one) => one.name())
  const help = command.createHelp()
  const options = [...help.visibleOptions(command), ...globalOptionsOf(command)]
  const words = [...names, ...options.flatMap(({ long }) => (long === undefined ? [] : [long]))]
  return [
    { path, words },
    ...command.commands.flatMap((one) => rowsOf(one, `${path} ${one.name()}`)),
  ]
}

function globalOptionsOf(command: Command): Command['options'] {
  return command.parent === null ? [] : [...command.parent.options, ...globalOptionsOf(command.parent)]
}
