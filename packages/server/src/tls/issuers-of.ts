import { certificateBlocks } from '../certificate-blocks.ts'

/**
 * The certificates above a server's own, in PEM: what clients have to trust. The one certificate
 * itself where none stands above it.
 */
export function issuersOf(certificatePem: string): string {
  const [own = '', ...issuers] = certificateBlocks(certificatePem).map((block) => `${block}\n`)
  return issuers.length === 0 ? own : issuers.join('')
}
