import { KEY_VERSION_HEADER } from './header-names.ts'
import { CONTENT_TYPE } from './protocol.ts'

/**
 * The headers of an answer, of errors too. Each answer of an operation with a key names its
 * version: clients that rebuild the shared gateway's ciphertext take it from there.
 * @param keyVersionId 36 ASCII characters.
 */
export function responseHeaders(keyVersionId?: string): Record<string, string> {
  const headers = { 'content-type': CONTENT_TYPE }
  return keyVersionId === undefined ? headers : { ...headers, [KEY_VERSION_HEADER]: keyVersionId }
}
