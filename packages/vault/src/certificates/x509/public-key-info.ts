import { createHash } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import type { PublicKey } from '../../crypto/key-spec.ts'
import { publicKeyDer } from '../../crypto/public-key-der.ts'

/** The public half as certificates and requests hold it. */
export function publicKeyInfo(key: PublicKey): SubjectPublicKeyInfo {
  return AsnConvert.parse(Uint8Array.from(publicKeyDer(key)), SubjectPublicKeyInfo)
}

/** The name of a key: RFC 5280 §4.2.1.2, method 1. SHA-1 is no proof here, only a short name. */
export function keyIdentifier({ subjectPublicKey }: SubjectPublicKeyInfo): ArrayBuffer {
  const digest = createHash('sha1').update(Buffer.from(subjectPublicKey)).digest()
  return Uint8Array.from(digest).buffer
}
