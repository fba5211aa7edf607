// A shell file that sets variables, and only that: written with each value as one quoted word, and
// read back by a parser that knows what was written here and executes nothing.
import { shellWord } from './shell-word.ts'

export interface ShellVariables {
  /** Comment lines at the top, without `#`. */
  readonly comment: readonly string[]
  /**
   * Variables to take away, so that sourcing one file after another leaves nothing of the first.
   */
  readonly unset: readonly string[]
  readonly set: Readonly<Record<string, string>>
}

const NAME = /^[A-Z_][A-Z0-9_]*$/
const QUOTED = /^export ([A-Z_][A-Z0-9_]*)=((?:[\w./@:+-]|'[^']*'|\\')*)$/
const PIECE = /'([^']*)'|\\(')|([\w./@:+-]+)/g

/** The text of the file, for any POSIX shell. */
export function renderShellVariables({ comment, unset, set }: ShellVariables): string {
  const names = [...unset, ...Object.keys(set)]
  if (!names.every((name) => NAME.test(name))) throw new TypeError('a variable has another name')
  return [
    ...comment.map((line) => `# ${line}`),
    ...(unset.length === 0 ? [] : [`unset ${unset.join(' ')}`]),
    ...Object.entries(set).map(([name, value]) => `export ${name}=${shellWord(value)}`),
    '',
  ].join('\n')
}

/** The variables that a file of this kind sets; lines of any other form set nothing. */
export function parseShellVariables(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name, word] = QUOTED.exec(line.replace(/\r$/, '')) ?? []
    if (name === undefined || word === undefined) continue
    const pieces = [...word.matchAll(PIECE)]
    variables.set(
      name,
      pieces.map(([, quoted, escaped, bare]) => quoted ?? escaped ?? bare).join(''),
    )
  }
  return variables
}
