/**
 * Text as the signatures write it: UTF-8, upper-case hex, only `A-Z a-z 0-9 - _ . ~` left bare.
 * Half a surrogate pair, which has no UTF-8 form, becomes U+FFFD.
 */
export function percentEncode(text: string): string {
  if (BARE.test(text)) return text
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Where nothing needs encoding, which is most names and many values. */
const BARE = /^[\w.~-]*$/

/**
 * Text of a query or form: a `+` is a space, as every client's form encoder writes it.
 * `undefined` for a broken escape or for octets that are not UTF-8.
 */
export function percentDecode(text: string): string | undefined {
  if (!/[%+]/.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
