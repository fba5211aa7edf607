import { compactVerify, errors, type CompactVerifyGetKey } from 'jose'
import { Fault, type TokenFailure } from '../fault.ts'
import type { EpochSeconds } from '../time.ts'
import { audiencesOf, textClaim, timeClaim, type UnverifiedToken } from './unverified-token.ts'

const MAXIMUM_FOUND_CHARACTERS = 200

/** What does not change between two uses of a token: the signature is right and it says this. */
export interface VerifiedToken {
  readonly issuer: string
  readonly tenant: string
  readonly principal: string
  readonly appId: string | undefined
  readonly userPrincipalName: string | undefined
  readonly groups: readonly string[]
  /** There are others than these. */
  readonly hasMoreGroups: boolean
  readonly audiences: readonly string[]
  readonly issuedAt: EpochSeconds
  readonly notBefore: EpochSeconds | undefined
  readonly expiresAt: EpochSeconds
}

/** The fault of a refused token; what was found is cut, since anybody can put anything there. */
export function refusedToken(
  reason: TokenFailure,
  found?: string,
  expected?: string,
): Fault<'TokenInvalid'> {
  return new Fault('TokenInvalid', {
    reason,
    ...(found === undefined ? {} : { found: found.slice(0, MAXIMUM_FOUND_CHARACTERS) }),
    ...(expected === undefined ? {} : { expected }),
  })
}

/** @throws Fault TokenInvalid: AlgorithmNotAllowed, KeyUnknown, SignatureWrong or Malformed. */
export async function verifySignature(
  token: string,
  lookup: CompactVerifyGetKey,
  algorithms: readonly string[],
): Promise<void> {
  try {
    await compactVerify(token, lookup, { algorithms: [...algorithms] })
  } catch (thrown) {
    const reason = signatureFailure(thrown)
    // The header names the key; it holds nothing that a token would be good for.
    const found = reason === 'KeyUnknown' ? token.slice(0, token.indexOf('.')) : undefined
    throw refusedToken(reason, found)
  }
}

/** What jose throws, as a reason; whatever else it is, the token has not been verified. */
export function signatureFailure(
  thrown: unknown,
): 'AlgorithmNotAllowed' | 'KeyUnknown' | 'SignatureWrong' | 'Malformed' {
  if (thrown instanceof errors.JOSEAlgNotAllowed) return 'AlgorithmNotAllowed'
  if (thrown instanceof errors.JWSSignatureVerificationFailed) return 'SignatureWrong'
  // JOSENotSupported: a `crit` header that nobody here understands (RFC 7515 §4.1.11).
  if (thrown instanceof errors.JWSInvalid || thrown instanceof errors.JOSENotSupported)
    return 'Malformed'
  return 'KeyUnknown'
}

/**
 * Reads the claims of a token whose signature is right.
 * @throws Fault TokenInvalid Malformed when it has no times or no usable claims.
 */
export function readClaims(
  { payload }: UnverifiedToken,
  facts: { readonly issuer: string; readonly tenant: string; readonly principal: string },
): VerifiedToken {
  const expiresAt = timeClaim(payload, 'exp')
  if (expiresAt === undefined) throw refusedToken('Malformed')
  const notBefore = timeClaim(payload, 'nbf')
  const groups: readonly unknown[] = Array.isArray(payload['groups']) ? payload['groups'] : []
  return {
    ...facts,
    appId: textClaim(payload, 'appid') ?? textClaim(payload, 'azp'),
    userPrincipalName:
      textClaim(payload, 'upn') ??
      textClaim(payload, 'unique_name') ??
      textClaim(payload, 'preferred_username'),
    groups: groups.filter((group): group is string => typeof group === 'string'),
    hasMoreGroups: namesGroupsElsewhere(payload),
    audiences: audiencesOf(payload),
    // Without `iat` a token counts as old, so that a revocation covers it.
    issuedAt: timeClaim(payload, 'iat') ?? notBefore ?? 0,
    notBefore,
    expiresAt,
  }
}

/**
 * Whoever is in many groups gets a token of Entra that says where they are to be asked for instead
 * (OpenID Connect Core §5.6.2), or, by the implicit flow, no more than that there are some.
 */
function namesGroupsElsewhere(payload: UnverifiedToken['payload']): boolean {
  const names = payload['_claim_names']
  const isElsewhere = typeof names === 'object' && names !== null && 'groups' in names
  return isElsewhere || payload['hasgroups'] === true || payload['hasgroups'] === 'true'
}
