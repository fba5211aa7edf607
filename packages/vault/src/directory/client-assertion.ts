import { X509Certificate } from 'node:crypto'
import { compactVerify } from 'jose'
import type { EpochSeconds } from '../time.ts'
import type { CertificateCredential, Credential } from './credential.ts'
import { failedSignIn } from './failed-sign-in.ts'
import { demandAssertionTimes } from './assertion-times.ts'
import { audiencesOf, textClaim, timeClaim, type UnverifiedToken } from './unverified-token.ts'
import { signatureFailure } from './verified-token.ts'

/** MSAL's live ten minutes; a longer one is a password on its way. */
const MAXIMUM_LIFETIME_SECONDS = 3600
const SKEW_SECONDS = 300

const ALGORITHMS = ['RS256', 'PS256', 'ES256']

/** What an assertion is checked against. */
export interface ClientAssertion {
  /** In lower case. */
  readonly clientId: string
  readonly text: string
  readonly unverified: UnverifiedToken
  /** The token endpoint under all its names. */
  readonly audiences: readonly string[]
}

/**
 * Checks an assertion that the client signed with the key of a registered certificate (RFC 7523
 * §3), and says which one that was.
 * @throws Fault SignInFailed
 */
export async function verifyClientAssertion(
  { clientId, text, unverified, audiences }: ClientAssertion,
  credentials: readonly Credential[],
  now: EpochSeconds,
): Promise<CertificateCredential> {
  const credential = credentials.find(
    (one): one is CertificateCredential =>
      one.kind === 'certificate' && isNamedBy(one, unverified.header),
  )
  if (credential === undefined) throw failedSignIn('NoMatchingCredential')
  if (credential.expiresAt !== undefined && credential.expiresAt <= now)
    throw failedSignIn('CertificateExpired')
  const { publicKey } = new X509Certificate(Buffer.from(credential.certificate, 'base64'))
  try {
    await compactVerify(text, publicKey, { algorithms: ALGORITHMS })
  } catch (thrown) {
    throw failedSignIn(
      signatureFailure(thrown) === 'Malformed' ? 'AssertionMalformed' : 'AssertionSignatureWrong',
    )
  }
  const { payload } = unverified
  if (textClaim(payload, 'sub')?.toLowerCase() !== clientId)
    throw failedSignIn('AssertionMalformed')
  const accepted = new Set(audiences.map(normalised))
  if (!audiencesOf(payload).some((audience) => accepted.has(normalised(audience)))) {
    throw failedSignIn('AssertionAudienceWrong')
  }
  demandAssertionTimes(payload, now)
  const startsAt = timeClaim(payload, 'nbf') ?? timeClaim(payload, 'iat') ?? now
  const lifetime = (timeClaim(payload, 'exp') ?? now) - Math.min(startsAt, now + SKEW_SECONDS)
  if (lifetime > MAXIMUM_LIFETIME_SECONDS + SKEW_SECONDS)
    throw failedSignIn('AssertionLifetimeTooLong')
  return credential
}

/**
 * Clients name the certificate by `x5t`, `x5t#S256`, or by a `kid` that is one of them, the
 * hexadecimal thumbprint or the credential's id.
 */
function isNamedBy(
  { id, x5t, x5tS256 }: CertificateCredential,
  header: UnverifiedToken['header'],
): boolean {
  const sha1 = textClaim(header, 'x5t')
  if (sha1 !== undefined) return unpadded(sha1) === x5t
  const sha256 = textClaim(header, 'x5t#S256')
  if (sha256 !== undefined) return unpadded(sha256) === x5tS256
  const kid = textClaim(header, 'kid')
  if (kid === undefined) return false
  if (kid === x5t || kid === x5tS256) return true
  return [id, hexOf(x5t), hexOf(x5tS256)].includes(kid.toLowerCase())
}

/** Some libraries write thumbprints in padded or standard base64. */
function unpadded(thumbprint: string): string {
  return Buffer.from(thumbprint, 'base64url').toString('base64url')
}

function hexOf(thumbprint: string): string {
  return Buffer.from(thumbprint, 'base64url').toString('hex')
}

function normalised(audience: string): string {
  return audience.toLowerCase().replace(/\/$/, '')
}
