/** A text as the value of a part of a name. */
export function escapedText(text: string): string {
  return text.replace(/[\\,+"<>;=]|^[ #]| $/g, '\\$&')
}
