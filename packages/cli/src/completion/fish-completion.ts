import type { CompletionTable, Offer, ValueRow } from './completion-table.ts'

/** A script by which fish completes commands, options and the words that these take. */
export function fishCompletion({ rows, values }: CompletionTable): string {
  const paths = rows.flatMap(({ path }) => (path === '' ? [] : [quoted(path)]))
  return [
    '# Completion of claviger for fish: claviger completion fish | source',
    'function __claviger_offers',
    "  set -l place ''",
    '  set -l words (commandline -opc)',
    '  set -l previous $words[-1]',
    '  set -e words[1]',
    '  for word in $words',
    '    switch "$place $word"',
    `      case ${paths.join(' ')}`,
    '        set place "$place $word"',
    '    end',
    '  end',
    '  switch "$place $previous"',
    ...values.map(valueLine),
    '  end',
    '  switch "$place"',
    ...rows.map(
      ({ path, offers }) =>
        `    case ${quoted(path)}\n      printf '%s\\t%s\\n' ${offers.map(described).join(' ')}`,
    ),
    '  end',
    'end',
    "complete -c claviger -f -a '(__claviger_offers)'",
    '',
  ].join('\n')
}

function valueLine({ places, words }: ValueRow): string {
  const work =
    words.length === 0
      ? '__fish_complete_path (commandline -ct)'
      : `printf '%s\\n' ${words.map(quoted).join(' ')}`
  return `    case ${places.map(quoted).join(' ')}\n      ${work}\n      return`
}

function described({ word, about }: Offer): string {
  return `${quoted(word)} ${quoted(about)}`
}

/** A text as one word: fish knows two escapes between quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
