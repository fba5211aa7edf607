/** Text as the signatures write it: UTF-8, upper-case hex, only `A-Z a-z 0-9 - _ . ~` left bare. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Pairs of a query or form, sorted by name, as the signatures want them. */
export function canonicalPairs(pairs: Iterable<readonly [string, string]>): string {
  return [...pairs]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&')
}
