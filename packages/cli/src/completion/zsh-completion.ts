import { shellWord } from '../output/shell-word.ts'
import type { CompletionTable, Offer, ValueRow } from './completion-table.ts'

/** A script by which zsh completes commands, options and the words that these take. */
export function zshCompletion({ rows, values }: CompletionTable): string {
  const paths = rows.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`]))
  return [
    '#compdef claviger',
    '# Completion of claviger for zsh: . <(claviger completion zsh), or a file _claviger in $fpath',
    '_claviger() {',
    // Not `path`, which is PATH to zsh.
    "  local place='' index",
    '  local -a offers',
    '  for ((index = 2; index < CURRENT; index++)); do',
    '    case "$place ${words[index]}" in',
    `      (${paths.join(' | ')}) place="$place \${words[index]}" ;;`,
    '    esac',
    '  done',
    '  case "$place ${words[CURRENT - 1]}" in',
    ...values.map(valueLine),
    '  esac',
    '  case "$place" in',
    ...rows.map(({ path, offers }) => `    ('${path}') offers=(${offers.map(described).join(' ')}) ;;`),
    '  esac',
    '  _describe claviger offers',
    '}',
    // As a file of $fpath it is the body of the function; sourced, it says what it completes.
    'if [ "${funcstack[1]}" = _claviger ]; then _claviger "$@"; else compdef _claviger claviger; fi',
    '',
  ].join('\n')
}

function valueLine({ places, words }: ValueRow): string {
  const patterns = places.map((place) => `'${place}'`).join(' | ')
  return words.length === 0
    ? `    (${patterns}) _files; return ;;`
    : `    (${patterns}) compadd -- ${words.map(shellWord).join(' ')}; return ;;`
}

/** A word and what it is for, as `_describe` takes them: a colon between, others escaped. */
function described({ word, about }: Offer): string {
  const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll(':', '\\:')
  return shellWord(about === '' ? escaped(word) : `${escaped(word)}:${escaped(about)}`)
}
