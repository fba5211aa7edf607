/** Wraps a PKCS#8 key in PEM, RFC 7468 §10; the text is as secret as the bytes. */
export function privateKeyPem(privateKeyPkcs8: Uint8Array): string {
  const base64 = Buffer.from(privateKeyPkcs8).toString('base64')
  const lines = base64.match(/.{1,64}/g) ?? []
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n')
}
