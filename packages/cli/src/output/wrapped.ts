import { widthOf } from './text-width.ts'

// Texts in lines for a terminal. Between two letters of a word no line ends; between two characters
// of Chinese or Japanese it may, as they stand without spaces, but not before what closes a phrase.

const CLOSING = '\\p{Pe}\\p{Pf}.,:;!?、。〉》」』】〕！），．：；？］｝'

const PART = new RegExp(
  `\\s*(?:\\p{Script_Extensions=Han}[${CLOSING}]*|[^\\s\\p{Script_Extensions=Han}]+[${CLOSING}]*)`,
  'gu',
)

/** The text with an end of line wherever the next part would stand beyond so many columns. */
export function wrapped(text: string, columns: number): string {
  return text
    .split(/\r?\n/)
    .map((line) => wrappedLine(line, columns))
    .join('\n')
}

function wrappedLine(text: string, columns: number): string {
  const lines: string[] = []
  let line = ''
  for (const [part] of text.matchAll(PART)) {
    if (line !== '' && widthOf(line + part) > columns) {
      lines.push(line)
      line = part.trimStart()
    } else {
      line += part
    }
  }
  return [...lines, line].join('\n')
}
