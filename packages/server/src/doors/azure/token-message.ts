import type { FaultDetail } from '@claviger/vault'
import { shorten } from '../../rest/shorten.ts'

type InvalidToken = FaultDetail['TokenInvalid']

/** What a token claims is not yet believed and may be long. */
const LONGEST_CLAIM = 256

const unreadable = (): string =>
  "[AggregatedAuthenticationFailure] Error validating token: 'S2S17001'. " +
  'Request a new access token.'

const issuer = ({ expected, found }: InvalidToken): string =>
  `AKV10032: Invalid issuer. Expected one of ${claim(expected)}, found ${claim(found)}.`

/** The service's texts as captured; the sentences about getting a new token are ours. */
const MESSAGES: Readonly<Record<InvalidToken['reason'], (detail: InvalidToken) => string>> = {
  Malformed: unreadable,
  AlgorithmNotAllowed: unreadable,
  SignatureWrong: unreadable,
  KeyUnknown: ({ found }) =>
    'AKV10046: Unable to resolve the key used for signature validation. ' +
    `EncodedJwtHeader: '${claim(found)}'.`,
  IssuerWrong: issuer,
  TenantWrong: issuer,
  AudienceWrong: ({ expected, found }) =>
    `AKV10022: Invalid audience. Expected ${claim(expected)}, found: ${claim(found)}.`,
  Expired: () => "[TokenExpired] Error validating token: 'S2S12086'. Request a new access token.",
  NotYetValid: () =>
    'Token not yet valid. Compare the clock of the token issuer with that of this server.',
  Revoked: () => 'The access token has been revoked. Request a new access token.',
  PrincipalUnknown: () =>
    'The principal of the access token does not exist or is disabled. ' +
    'Request a token for another principal.',
}

/** Why a token was refused. */
export function tokenMessage(detail: InvalidToken): string {
  return MESSAGES[detail.reason](detail)
}

function claim(text: string | undefined): string {
  return shorten(text ?? '', LONGEST_CLAIM)
}
