/** What a client sent, cut so that an error or an audit entry does not grow with it. */
export function shorten(text: string, maximumCharacters: number): string {
  return text.length <= maximumCharacters ? text : `${text.slice(0, maximumCharacters)}…`
}
