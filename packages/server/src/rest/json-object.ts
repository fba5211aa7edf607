/** Why a body is no JSON object, as a sentence; or the object. */
export type JsonObject = { readonly object: object } | { readonly problem: string }

const CHARSETS = ['utf-8', 'utf8', 'us-ascii', 'ascii']

/**
 * Reads the body of a request as one JSON object in UTF-8 (RFC 8259 §8.1). Messages never quote it.
 * @param contentType a missing one is taken for JSON: nothing else can be meant.
 */
export function readJsonObject(body: Uint8Array, contentType = ''): JsonObject {
  if (!isJson(contentType)) return { problem: 'its Content-Type must be application/json in UTF-8' }
  if (body.byteLength === 0) return { problem: 'it is empty' }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return { object: parsed }
    }
    return { problem: 'it is not a JSON object' }
  } catch {
    return { problem: 'it is not valid JSON in UTF-8' }
  }
}

/** Tells whether a Content-Type is JSON in UTF-8, which ASCII is a part of; a missing one is. */
export function isJson(contentType = ''): boolean {
  const [mediaType = '', ...parameters] = contentType.toLowerCase().split(';')
  const charset = parameters.find((parameter) => parameter.trim().startsWith('charset='))
  const named = charset?.slice(charset.indexOf('=') + 1).trim().replaceAll('"', '')
  const type = mediaType.trim()
  return (type === '' || type === 'application/json') && (named === undefined || CHARSETS.includes(named))
}
