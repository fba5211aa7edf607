// The server's own CA. Plain bytes in, plain bytes out: whoever calls keeps the keys sealed. Both
// keys are P-256, because an RSA handshake costs half as much again (docs/adr/0008).
import { randomBytes, webcrypto, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { SECONDS_PER_DAY } from '@claviger/vault'

/** The CA: its certificate is public, its key must be kept sealed. */
export interface Authority {
  readonly certificatePem: string
  /** DER. */
  readonly privateKeyPkcs8: Uint8Array<ArrayBuffer>
}

/** What the listener presents. */
export interface ServerCertificate {
  readonly certificatePem: string
  /** DER. */
  readonly privateKeyPkcs8: Uint8Array<ArrayBuffer>
}

/** The organisation in every CA that Claviger makes; `trust-bundle.ts` knows them by it. */
export const authorityOrganisation = 'Claviger local authority'

const authorityDays = 3650
/** CA/Browser Forum baseline requirements §6.3.2, which some clients enforce: at most 398. */
const serverDays = 397
/**
 * Machines' clocks differ; a certificate born now would be "not yet valid" on one that is behind.
 */
const backdateMs = 3_600_000
const millisecondsPerDay = SECONDS_PER_DAY * 1000
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/**
 * Makes a new CA that signs server certificates for ten years.
 * @param now milliseconds since 1970.
 */
export async function createAuthority(now: number): Promise<Authority> {
  const x509 = await library()
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  // A name of its own, so that clients that still trust a former CA do not take one for the other.
  const suffix = randomBytes(4).toString('hex')
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `O=${authorityOrganisation}, CN=Claviger CA ${suffix}`,
    notBefore: new Date(now - backdateMs),
    notAfter: new Date(now + authorityDays * millisecondsPerDay),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return {
    certificatePem: certificate.toString('pem'),
    privateKeyPkcs8: await exportKey(keys.privateKey),
  }
}

/**
 * Signs a certificate for these DNS names and IP addresses, valid for 397 days or as long as the
 * CA.
 * @param now milliseconds since 1970.
 */
export async function issueServerCertificate(
  authority: Authority,
  names: readonly string[],
  now: number,
): Promise<ServerCertificate> {
  const x509 = await library()
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const issuer = new x509.X509Certificate(authority.certificatePem)
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    authority.privateKeyPkcs8,
    algorithm,
    false,
    ['sign'],
  )
  const wantedEnd = now + serverDays * millisecondsPerDay
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=Claviger',
    issuer: issuer.subjectName,
    notBefore: new Date(Math.max(now - backdateMs, issuer.notBefore.getTime())),
    notAfter: new Date(Math.min(wantedEnd, issuer.notAfter.getTime())),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  })
  return {
    certificatePem: certificate.toString('pem'),
    privateKeyPkcs8: await exportKey(keys.privateKey),
  }
}

/**
 * Tells whether to replace a certificate of the server or of the CA: two thirds of its life are
 * over, or the clock stands before its beginning.
 * @param now milliseconds since 1970.
 */
export function renewalDue(certificatePem: string, now: number): boolean {
  const { validFromDate, validToDate } = new X509Certificate(certificatePem)
  const from = validFromDate.getTime()
  return now < from || now >= from + ((validToDate.getTime() - from) * 2) / 3
}

/** Tells whether a server certificate was signed by this CA and covers all of these names. */
export function covers(
  certificatePem: string,
  authority: Pick<Authority, 'certificatePem'>,
  names: readonly string[],
): boolean {
  const certificate = new X509Certificate(certificatePem)
  const issuer = new X509Certificate(authority.certificatePem)
  if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) return false
  return names.every((name) =>
    isIP(name) === 0
      ? certificate.checkHost(name.replace(/^\*\./, 'any-label.')) !== undefined
      : certificate.checkIP(name) !== undefined,
  )
}

/**
 * Loaded when first needed: reading it costs 60 ms of a start that mostly finds its certificate.
 */
async function library(): Promise<typeof import('@peculiar/x509')> {
  await import('reflect-metadata')
  return await import('@peculiar/x509')
}

/** 20 octets, positive, unpredictable: RFC 5280 §4.1.2.2. */
function serialNumber(): string {
  const octets = randomBytes(20)
  octets.writeUInt8((octets.readUInt8(0) & 0x7f) | 0x40, 0)
  return octets.toString('hex')
}

async function exportKey(key: webcrypto.CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', key))
}
