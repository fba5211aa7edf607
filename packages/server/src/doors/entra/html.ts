/** HTML that may be sent as it is. */
export class Html {
  readonly text: string

  /** @param text made by `html`, or written in the source. */
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Html | undefined | readonly Html[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A template whose parts are escaped, wherever in text or in a quoted attribute they stand. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const rendered = texts.map((text, index) => `${text}${partText(parts[index])}`)
  return new Html(rendered.join(''))
}

function partText(part: Part): string {
  if (part === undefined) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map(({ text }) => text).join('')
  return String(part).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}
