import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { decodeBase64 } from './decode-base64.ts'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
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
const MAXIMUM_PASSWORD_CHARACTERS = 200
const PEM_KEYS: Readonly<Record<string, 'pkcs8' | 'pkcs1' | 'sec1'>> = {
  'PRIVATE KEY': 'pkcs8',
  'RSA PRIVATE KEY': 'pkcs1',
  'EC PRIVATE KEY': 'sec1',
}

/**
 * Reads what a client sends as a certificate: PEM, PEM in base64, or PKCS #12 in base64.
 * @throws Fault CertificateUnreadable, CertificateUnfit, InvalidInput, TooManyRequests
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
  try {
    const inside = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
    if (inside.includes('-----BEGIN ')) return await pemParts(inside.toString('latin1'))
    return await pkcs12Parts(octets, password)
  } finally {
    octets.fill(0)
  }
}

async function pkcs12Parts(file: Uint8Array, password: Secret | undefined): Promise<Parts> {
  const { readPkcs12 } = await loadX509()
  const read = await readPkcs12(file, revealed(password))
  if (read === undefined) {
    const reason = 'the password may be wrong, or the file is damaged'
    throw new Fault('CertificateUnreadable', { format: 'pkcs12', reason })
  }
  const { privateKey, certificates } = read
  return {
    contentType: 'application/x-pkcs12',
    privateKey: privateKey && parsedKey(privateKey, 'pkcs8', 'pkcs12'),
    certificates,
  }
}

async function pemParts(text: string): Promise<Parts> {
  const { readPem } = await loadX509()
  const blocks = readPem(text)
  const refuse = (reason: string): Fault<'CertificateUnreadable'> =>
    new Fault('CertificateUnreadable', { format: 'pem', reason })
  if (blocks === undefined) throw refuse('a block of it is cut off or is not base64')
  if (blocks.some(({ label }) => label === 'ENCRYPTED PRIVATE KEY')) {
    throw refuse('its private key is encrypted; decrypt it, or send PKCS #12 with a password')
  }
  const keys = blocks.flatMap(({ label, der }) => {
    const type = PEM_KEYS[label]
    return type === undefined ? [] : { type, der }
  })
  if (keys.length > 1) throw refuse('it has more than one private key; leave the others out')
  const [key] = keys
  const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE')
  return {
    contentType: 'application/x-pem-file',
    privateKey: key && parsedKey(key.der, key.type, 'pem'),
    certificates: certificates.map(({ der }) => der),
  }
}

/** Wipes the octets of the key, whatever comes of them. */
function parsedKey(
  der: Uint8Array,
  type: 'pkcs8' | 'pkcs1' | 'sec1',
  format: 'pkcs12' | 'pem',
): KeyObject {
  const key = Buffer.from(der.buffer, der.byteOffset, der.byteLength)
  try {
    return createPrivateKey({ key, format: 'der', type })
  } catch {
    throw new Fault('CertificateUnreadable', { format, reason: 'its private key cannot be read' })
  } finally {
    key.fill(0)
  }
}

/** @throws Fault InvalidInput */
function revealed(password: Secret | undefined): string {
  const text = password === undefined ? '' : Buffer.from(password.reveal()).toString('utf8')
  if (text.length <= MAXIMUM_PASSWORD_CHARACTERS) return text
  throw invalidInput('pwd', `it may have at most ${MAXIMUM_PASSWORD_CHARACTERS} characters`)
}
