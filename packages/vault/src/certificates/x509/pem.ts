/** One block of a PEM text (RFC 7468). */
export interface PemBlock {
  /** Such as `CERTIFICATE`. */
  readonly label: string
  readonly der: Uint8Array
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \1-----/g

/** The blocks of a text, in their order; `undefined` when one cannot be read. */
export function readPem(text: string): readonly PemBlock[] | undefined {
  const blocks: PemBlock[] = []
  for (const [, label = '', content = ''] of text.matchAll(BLOCK)) {
    try {
      const der = Uint8Array.fromBase64(content.replace(/\s+/g, ''))
      blocks.push({ label, der })
    } catch {
      return undefined
    }
  }
  const begun = text.match(/-----BEGIN /g)?.length ?? 0
  return begun === blocks.length ? blocks : undefined
}
