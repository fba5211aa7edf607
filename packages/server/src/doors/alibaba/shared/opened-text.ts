import { alibaba } from '@claviger/wire'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * What was encrypted, as an answer can say it: the text as it was. Octets that are no text, which
 * only the instance gateway takes, are shown as base64.
 */
export function openedText(octets: Uint8Array): string {
  try {
    return strict.decode(octets)
  } catch {
    return alibaba.shared.encodeBase64(octets)
  }
}
