import { sign, type KeyObject } from 'node:crypto'

const ALGORITHMS = {
  rsa: '300d06092a864886f70d01010b0500', // sha256WithRSAEncryption, RFC 4055 §5
  ec: '300a06082a8648ce3d040302', // ecdsa-with-SHA256, RFC 5758 §3.2
} as const

/** A self-signed X.509 certificate in DER, just enough of one for tests of client certificates. */
export function selfSignedCertificate(
  { publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  { notAfter = '20991231235959Z' }: { readonly notAfter?: string } = {},
): Buffer {
  const algorithm = Buffer.from(
    publicKey.asymmetricKeyType === 'ec' ? ALGORITHMS.ec : ALGORITHMS.rsa,
    'hex',
  )
  const commonName = der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('test')))
  const name = der(0x30, der(0x31, commonName))
  const validity = der(
    0x30,
    der(0x18, Buffer.from('20200101000000Z')),
    der(0x18, Buffer.from(notAfter)),
  )
  const subjectKey = publicKey.export({ type: 'spki', format: 'der' })
  const body = der(0x30, der(0x02, Buffer.from([1])), algorithm, name, validity, name, subjectKey)
  const signature = sign('sha256', body, privateKey)
  return der(0x30, body, algorithm, der(0x03, Buffer.from([0]), signature))
}

/** Tag, length, value (X.690 §8.1). */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(parts)
  const { byteLength } = value
  const length = byteLength < 128 ? [byteLength] : [0x82, byteLength >> 8, byteLength & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), value])
}
