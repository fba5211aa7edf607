// Columns that a terminal gives to a text, by Unicode Standard Annex #11: East Asian Wide and
// Fullwidth take two, marks that stand over the letter before them take none.

const WIDE = new RegExp(
  '[\\u1100-\\u115f\\u2329\\u232a\\u2e80-\\u303e\\u3041-\\u33ff\\u3400-\\u4dbf\\u4e00-\\ua4cf' +
    '\\ua960-\\ua97c\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe10-\\ufe19\\ufe30-\\ufe6f\\uff01-\\uff60' +
    '\\uffe0-\\uffe6\\u{16fe0}-\\u{18cff}\\u{1aff0}-\\u{1b2ff}\\u{1f200}-\\u{1f265}' +
    '\\u{20000}-\\u{3fffd}]|\\p{Emoji_Presentation}',
  'u',
)
const MARK = /[\p{Mn}\p{Me}]/u

/** Columns of a terminal. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return width
}

/** The text with spaces behind it, up to so many columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}
