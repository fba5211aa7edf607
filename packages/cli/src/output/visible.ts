// What a name, a tag or a value holds must not work on the terminal that shows it: move the cursor,
// colour the screen, rename the window, turn the reading direction. `C` are controls, formats and
// what is no character; the two separators end a line in some terminals.

/** A text as one line of a terminal, with `?` for each character that a terminal might obey. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')
}

/** The same of a text with lines and columns of its own: line ends and tabs stay. */
export function visibleLines(text: string): string {
  // As some services end their lines.
  return text.replaceAll('\r\n', '\n').replaceAll(OBEYED, '?')
}

/** JSON that says the same, and has such characters by their numbers alone. */
export function plainJson(json: string): string {
  return json.replaceAll(OBEYED, (character) =>
    // Two escapes for what UTF-16 has as a pair (RFC 8259 §7).
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

const OBEYED = /[[\p{C}\p{Zl}\p{Zp}]--[\n\t]]/gv
