import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { decodeBase64 } from './decode-base64.ts'
import { Fault } from '../fault.ts'
import type { Secret } from '../seal/secret.ts'
import type { CertificateContentType } from './certificate-policy.ts'
import { loadX509 } from './load-x509.ts'
import type { ReadCertificate } from './x509/index.ts'

/** What was sent: a key, its certificate, and those above it. */
export interface ReadImport {
  readonly contentType: CertificateContentType
  readonly privateKey: KeyObject
  readonly leaf: ReadCertificate
  /** All certificates in the order in which they came. */
  readonly all: readonly ReadCertificate[]
}

interface Parts {
  readonly contentType: CertificateContentType
  readonly privateKey: KeyObject | undefined
  readonly certificates: readonly Uint8Array[]
}

const MAXIMUM_CHAIN = 32
const PEM_KEYS = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY']

/**
 * Reads what a client sends as a certificate: PEM, PEM in base64, or PKCS #12 in base64.
 * @throws Fault CertificateUnreadable, CertificateUnfit
 */
export async function readImport(value: Secret, password: Secret | undefined): Promise<ReadImport> {
  const text = Buffer.from(value.reveal()).toString('utf8')
  const parts = await partsOf(text, password)
  const format = parts.contentType === 'application/x-pem-file' ? 'pem' : 'pkcs12'
  const { privateKey, contentType } = parts
  if (privateKey === undefined) {
    const advice = 'export the certificate together with its key'
    throw new Fault('CertificateUnreadable', { format, reason: `it has no private key; ${advice}` })
  }
  if (parts.certificates.length === 0 || parts.certificates.length > MAXIMUM_CHAIN) {
    const reason = `it must have from 1 to ${MAXIMUM_CHAIN} certificates`
    throw new Fault('CertificateUnreadable', { format, reason })
  }
  const { readCertificate } = await loadX509()
  const all = parts.certificates.map((der, at) => {
    const read = readCertificate(der)
    if (read !== undefined) return read
    const reason = `its certificate ${at + 1} is no X.509 certificate`
    throw new Fault('CertificateUnreadable', { format, reason })
  })
  const wanted = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const leaf = all.find(({ publicKeyDer }) => wanted.equals(publicKeyDer))
  if (leaf !== undefined) return { contentType, privateKey, leaf, all }
  const reason = 'its private key belongs to none of its certificates; send the two that belong together'
  throw new Fault('CertificateUnfit', { reason })
}

async function partsOf(text: string, password: Secret | undefined): Promise<Parts> {
  if (text.includes('-----BEGIN ')) return pemParts(text)
  const octets = decodeBase64(text)
  if (octets === undefined) {
    const reason = 'it must be the file in base64, or the text of a PEM file'
    throw new Fault('CertificateUnreadable', { format: 'pkcs12', reason })
  }
  const inside = Buffer.from(octets).toString('latin1')
  if (inside.includes('-----BEGIN ')) return pemParts(inside)
  const { readPkcs12 } = await loadX509()
  const read = await readPkcs12(octets, revealed(password))
  if (read === undefined) {
    const reason = 'the password may be wrong, or the file is damaged'
    throw new Fault('CertificateUnreadable', { format: 'pkcs12', reason })
  }
  const { privateKey: der, certificates } = read
  const privateKey = der && parsedKey(Buffer.from(der), 'pkcs12')
  der?.fill(0)
  return { contentType: 'application/x-pkcs12', privateKey, certificates }
}

async function pemParts(text: string): Promise<Parts> {
  const { readPem, writePem } = await loadX509()
  const blocks = readPem(text)
  const refuse = (reason: string): Fault<'CertificateUnreadable'> =>
    new Fault('CertificateUnreadable', { format: 'pem', reason })
  if (blocks === undefined) throw refuse('a block of it is cut off or is not base64')
  if (blocks.some(({ label }) => label === 'ENCRYPTED PRIVATE KEY')) {
    throw refuse('its private key is encrypted; decrypt it, or send PKCS #12 with a password')
  }
  const keys = blocks.filter(({ label }) => PEM_KEYS.includes(label))
  if (keys.length > 1) throw refuse('it has more than one private key; leave the others out')
  const [key] = keys
  const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE')
  return {
    contentType: 'application/x-pem-file',
    privateKey: key && parsedKey(writePem(key.label, key.der), 'pem'),
    certificates: certificates.map(({ der }) => der),
  }
}

/** DER is PKCS #8; PEM says what it is. */
function parsedKey(key: Buffer | string, format: 'pkcs12' | 'pem'): KeyObject {
  try {
    return typeof key === 'string'
      ? createPrivateKey(key)
      : createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  } catch {
    throw new Fault('CertificateUnreadable', { format, reason: 'its private key cannot be read' })
  }
}

function revealed(password: Secret | undefined): string {
  return password === undefined ? '' : Buffer.from(password.reveal()).toString('utf8')
}
