import { createPrivateKey } from 'node:crypto'
import { CredentialUnavailableError } from '../core/errors.ts'
import {
  CONTEXT_0,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  readDer,
  SEQUENCE,
  type DerValue,
} from './der.ts'

// The service encrypts the certificate of a client key with RC2, which OpenSSL 3 opens only with
// its legacy provider, so that nothing of Node's own opens the file as a whole. The private key
// stands in it apart, under triple DES, and is an EncryptedPrivateKeyInfo (RFC 5958) as it is,
// which `createPrivateKey` decrypts. Signing needs no more than that key.

const NOTHING = new Uint8Array()
const DATA = '2a864886f70d010701' // 1.2.840.113549.1.7.1
const SHROUDED_KEY_BAG = '2a864886f70d010c0a0102' // 1.2.840.113549.1.12.10.1.2

/**
 * The private key (PKCS #8, DER) of a PKCS #12 (RFC 7292), whatever protects its certificates.
 * @throws CredentialUnavailableError for another password, and for a file that has no such key.
 */
export function openPkcs12(
  pkcs12: Uint8Array,
  password: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return Promise.resolve().then(() => decrypt(findEncryptedKey(pkcs12), password))
}

function decrypt(key: Uint8Array, passphrase: string): Uint8Array<ArrayBuffer> {
  try {
    const der = { format: 'der', type: 'pkcs8' } as const
    const opened = createPrivateKey({ ...der, key: Buffer.from(key), passphrase })
    return new Uint8Array(opened.export(der))
  } catch {
    throw refused('The private key of the client key does not open: is the password the right one?')
  }
}

function findEncryptedKey(pkcs12: Uint8Array): Uint8Array {
  try {
    const key = safeContents(pkcs12).flatMap(bagsOf).find(isShroudedKey)
    if (key !== undefined) return key.value
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  throw refused('The client key has no private key in a PKCS #12 where the service puts it.')
}

/** The parts of the file that are not encrypted as a whole. */
function safeContents(pkcs12: Uint8Array): readonly Uint8Array[] {
  const [, authSafe] = readDer(only(pkcs12, SEQUENCE).content)
  const { content } = contentOf(authSafe)
  return readDer(only(content, SEQUENCE).content)
    .map(contentOf)
    .filter(({ type }) => type === DATA)
    .map((one) => one.content)
}

interface Content {
  readonly type: string
  readonly content: Uint8Array
}

/** A ContentInfo; what it contains is told for data alone. */
function contentOf(info: DerValue | undefined): Content {
  const [type, explicit] = readDer(info?.content ?? NOTHING)
  const name = type?.tag === OBJECT_IDENTIFIER ? hex(type.content) : ''
  if (name !== DATA || explicit?.tag !== CONTEXT_0) return { type: '', content: NOTHING }
  return { type: name, content: only(explicit.content, OCTET_STRING).content }
}

interface Bag {
  readonly type: string
  readonly value: Uint8Array
}

function bagsOf(safe: Uint8Array): readonly Bag[] {
  return readDer(only(safe, SEQUENCE).content).map(({ content }) => {
    const [type, explicit] = readDer(content)
    return { type: hex(type?.content ?? NOTHING), value: explicit?.content ?? NOTHING }
  })
}

function isShroudedKey({ type }: Bag): boolean {
  return type === SHROUDED_KEY_BAG
}

/** The one value that the octets are. @throws RangeError when they are another. */
function only(octets: Uint8Array, tag: number): DerValue {
  const [value] = readDer(octets)
  if (value?.tag === tag) return value
  throw new RangeError('another tag')
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex')
}

function refused(message: string): CredentialUnavailableError {
  return new CredentialUnavailableError({ code: 'CredentialUnavailable', message })
}
