import type { NameProblem } from './distinguished-name.ts'

/** One `type=value` of a name, unescaped. */
export interface NameAttribute {
  readonly type: string
  readonly value: string
}

const BAD = { problem: 'it must be an X.500 name such as CN=example.com, O=Example' } as const

const ATTRIBUTE = new RegExp(
  [
    String.raw`\s*([A-Za-z][A-Za-z0-9-]*|(?:[Oo][Ii][Dd]\.)?[0-9.]+)\s*=\s*`,
    String.raw`(?:"((?:[^"\\]|\\.)*)"|((?:[^\\,;+"]|\\.)*))`,
    String.raw`\s*([,;+]|$)`,
  ].join(''),
  'uy',
)

/** Takes a name apart: its parts, and in each the attributes that a plus joins (RFC 4514 §3). */
export function splitName(
  text: string,
): { readonly parts: readonly (readonly NameAttribute[])[] } | NameProblem {
  const parts: NameAttribute[][] = []
  let current: NameAttribute[] = []
  let at = 0
  if (text.trim() === '') return { parts }
  for (;;) {
    ATTRIBUTE.lastIndex = at
    const found = ATTRIBUTE.exec(text)
    if (found === null) return BAD
    const [whole, type = '', quoted, plain = '', end] = found
    const value = quoted === undefined ? unescapeText(trimPlain(plain)) : unescapeText(quoted)
    if (value === undefined) return BAD
    current.push({ type, value })
    at += whole.length
    if (end !== '+') {
      parts.push(current)
      current = []
    }
    if (end === '') return { parts }
  }
}

/** A space at the end counts when it is escaped. */
function trimPlain(text: string): string {
  const trimmed = text.trimEnd()
  return /(?:^|[^\\])(?:\\\\)*\\$/.test(trimmed) ? `${trimmed} ` : trimmed
}

/** `\,` is the comma, `\C3\BC` the octets of UTF-8; `undefined` when they are none. */
function unescapeText(text: string): string | undefined {
  const octets: Uint8Array[] = []
  for (const [part] of text.matchAll(/\\[0-9a-fA-F]{2}|\\?[^]/gu)) {
    if (/^\\[0-9a-fA-F]{2}$/.test(part)) octets.push(Buffer.from(part.slice(1), 'hex'))
    else octets.push(Buffer.from(part.startsWith('\\') ? part.slice(1) : part))
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(octets))
  } catch {
    return undefined
  }
}
