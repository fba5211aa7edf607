import type { CompletionTable, ValueRow } from './completion-table.ts'

/** A script by which bash completes commands, options and the words that these take. */
export function bashCompletion({ rows, values }: CompletionTable): string {
  const paths = rows.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`]))
  return [
    '# Completion of claviger for bash: . <(claviger completion bash)',
    '_claviger() {',
    "  local place='' words='' index current=${COMP_WORDS[COMP_CWORD]}",
    '  for ((index = 1; index < COMP_CWORD; index++)); do',
    '    case "$place ${COMP_WORDS[index]}" in',
    `      ${paths.join(' | ')}) place="$place \${COMP_WORDS[index]}" ;;`,
    '    esac',
    '  done',
    '  case "$place ${COMP_WORDS[COMP_CWORD - 1]}" in',
    ...values.map(valueLine),
    '    *)',
    '      case "$place" in',
    ...rows.map(({ path, offers }) => {
      const words = offers.map(({ word }) => word).join(' ')
      return `        '${path}') words='${words}' ;;`
    }),
    '      esac',
    '      ;;',
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    // Where the table has nothing, the names of files.
    'complete -o default -F _claviger claviger',
    '',
  ].join('\n')
}

function valueLine({ places, words }: ValueRow): string {
  const patterns = places.map((place) => `'${place}'`).join(' | ')
  return `    ${patterns}) words='${words.join(' ')}' ;;`
}
