import { X509Certificate } from 'node:crypto'
import { certificateBlocks } from '../certificate-blocks.ts'
import { AcmeFailure } from './acme-failure.ts'

const LONGEST_CHAIN = 10

/** The certificates of a PEM text in DER, in their order (RFC 8555 §9.1). @throws AcmeFailure */
export function chainOfPem(pem: unknown): readonly Uint8Array[] {
  const blocks = typeof pem === 'string' ? certificateBlocks(pem) : []
  try {
    if (blocks.length === 0 || blocks.length > LONGEST_CHAIN) throw new RangeError('no chain')
    return blocks.map((block) => Uint8Array.from(new X509Certificate(block).raw))
  } catch (cause) {
    const message = 'The ACME server has sent what is no chain of certificates.'
    throw new AcmeFailure(message, { mayPass: true, cause })
  }
}
