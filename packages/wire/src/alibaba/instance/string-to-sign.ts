/** Names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>

/**
 * What the signature of a request covers: the method, three headers, every header that begins with
 * `x-kms-` in the order of the names, and the path, which is always `/`. A header that is absent
 * leaves its line empty.
 */
export function stringToSign(method: string, headers: Headers): string {
  const fixed = ['content-sha256', 'content-type', 'date'].map((name) => headers[name] ?? '')
  return [method, ...fixed, ...ownHeaders(headers), '/'].join('\n')
}

function ownHeaders(headers: Headers): readonly string[] {
  return Object.keys(headers)
    .filter((name) => name.startsWith('x-kms-') && headers[name] !== undefined)
    .toSorted()
    .map((name) => `${name}:${headers[name]?.trim()}`)
}
