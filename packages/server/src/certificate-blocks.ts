const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** The certificates of a text in PEM, each as it stands there, in their order. */
export function certificateBlocks(text: string): readonly string[] {
  return text.match(CERTIFICATE) ?? []
}
