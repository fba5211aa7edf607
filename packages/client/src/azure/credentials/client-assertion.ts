import { decodeBase64, encodeBase64, encodeBase64url } from '../../core/base64.ts'
import { moduleOfNode } from '../../core/environment.ts'
import { AuthenticationError } from '../../core/errors.ts'

/** Who asserts, towards whom, and by what. */
export interface ClientAssertion {
  readonly clientId: string
  /** The URL that it is sent to. */
  readonly audience: string
  readonly pem: string
  readonly password: string | undefined
  readonly isForAdfs: boolean
  readonly isChainSent: boolean
}

// What the clients of the vendor give it.
const LIFETIME_SECONDS = 600
const FROM_PEM = /-----BEGIN ([A-Z0-9 ]{1,40})-----([\s\S]{0,65536}?)-----END \1-----/g

/**
 * A client assertion (RFC 7523 §3) that names its certificate by the thumbprint.
 * @throws AuthenticationError when the PEM has not both, or its key is none that signs so.
 */
export async function clientAssertion(one: ClientAssertion): Promise<string> {
  const { clientId, audience, pem, isForAdfs, isChainSent } = one
  const certificates = certificatesOf(pem)
  const [own] = certificates
  if (own === undefined) throw wrong('There is no certificate in the PEM of the client.')
  const now = Math.floor(Date.now() / 1000)
  const header = {
    alg: isForAdfs ? 'RS256' : 'PS256',
    typ: 'JWT',
    // SHA-1 names a certificate here (RFC 7515 §4.1.7) and protects nothing.
    ...(isForAdfs
      ? { x5t: await thumbprint('SHA-1', own) }
      : { 'x5t#S256': await thumbprint('SHA-256', own) }),
    ...(isChainSent ? { x5c: certificates.map(encodeBase64) } : {}),
  }
  const claims = {
    aud: audience,
    iss: clientId,
    sub: clientId,
    jti: crypto.randomUUID(),
    nbf: now,
    exp: now + LIFETIME_SECONDS,
  }
  const text = [header, claims].map(encodedJson).join('.')
  const signature = await signed(text, await privateKey(one), isForAdfs)
  return `${text}.${encodeBase64url(signature)}`
}

function encodedJson(part: object): string {
  return encodeBase64url(new TextEncoder().encode(JSON.stringify(part)))
}

async function thumbprint(hash: string, der: Uint8Array<ArrayBuffer>): Promise<string> {
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest(hash, der)))
}

async function signed(
  text: string,
  key: Uint8Array<ArrayBuffer>,
  isForAdfs: boolean,
): Promise<Uint8Array> {
  const name = isForAdfs ? 'RSASSA-PKCS1-v1_5' : 'RSA-PSS'
  try {
    const opened = await crypto.subtle.importKey(
      'pkcs8', key, { name, hash: 'SHA-256' }, false, ['sign'],
    )
    const octets = new TextEncoder().encode(text)
    return new Uint8Array(await crypto.subtle.sign({ name, saltLength: 32 }, opened, octets))
  } catch {
    throw wrong('The private key of the client certificate is not an RSA key.')
  }
}

function certificatesOf(pem: string): Uint8Array<ArrayBuffer>[] {
  return blocks(pem)
    .filter(({ label }) => label === 'CERTIFICATE')
    .map(({ base64 }) => octetsOf(base64))
}

/** The key in PKCS #8, which WebCrypto takes. Other forms are opened by Node's own module. */
async function privateKey({ pem, password }: ClientAssertion): Promise<Uint8Array<ArrayBuffer>> {
  const key = blocks(pem).find(({ label }) => label.endsWith('PRIVATE KEY'))
  if (key === undefined) throw wrong('There is no private key in the PEM of the client.')
  if (key.label === 'PRIVATE KEY') return octetsOf(key.base64)
  const node = moduleOfNode('node:crypto') as NodeCrypto | undefined
  if (node === undefined) {
    throw wrong(
      'The private key of the client certificate is encrypted, or not in PKCS #8, which this ' +
        'runtime does not open: do so first, as with openssl pkey.',
    )
  }
  try {
    const opened = node.createPrivateKey({
      key: key.whole,
      ...(password === undefined ? {} : { passphrase: password }),
    })
    return Uint8Array.from(opened.export({ format: 'der', type: 'pkcs8' }))
  } catch {
    throw wrong(
      'The private key of the client certificate does not open: is its password the right one, ' +
        'and does this runtime open encrypted keys, as Node does and Deno does not?',
    )
  }
}

interface NodeCrypto {
  readonly createPrivateKey: (key: { readonly key: string; readonly passphrase?: string }) => {
    readonly export: (form: { readonly format: 'der'; readonly type: 'pkcs8' }) => Uint8Array
  }
}

interface Block {
  readonly label: string
  readonly base64: string
  readonly whole: string
}

/** RFC 7468; of the older form, headers that say how a key is encrypted stand in the block. */
function blocks(pem: string): readonly Block[] {
  return Array.from(pem.matchAll(FROM_PEM), ([whole, label = '', base64 = '']) => ({
    label,
    base64: base64.replaceAll(/\s+/g, ''),
    whole,
  }))
}

function octetsOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return decodeBase64(base64)
  } catch {
    throw wrong('The PEM of the client certificate is damaged.')
  }
}

function wrong(message: string): AuthenticationError {
  return new AuthenticationError({ code: 'ClientCertificateWrong', message })
}
