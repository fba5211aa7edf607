import type { SignInFailure } from '@claviger/vault'
import type { alibaba } from '@claviger/wire'

const CODES: Readonly<Partial<Record<SignInFailure, alibaba.shared.ErrorCode>>> = {
  RequestSignatureWrong: 'SignatureDoesNotMatch',
  AccessKeyDisabled: 'InvalidAccessKeyId.Inactive',
  ClientKeyDisabled: 'InvalidAccessKeyId.Inactive',
  ClientKeyNotYetValid: 'InvalidAccessKeyId.Inactive',
  ClientKeyExpired: 'InvalidAccessKeyId.Inactive',
  PrincipalDisabled: 'Forbidden.AccessKey',
  ClientAddressNotAllowed: 'Forbidden.NoPermission',
  SecurityTokenMalformed: 'InvalidSecurityToken.Malformed',
  SecurityTokenExpired: 'InvalidSecurityToken.Expired',
  SessionRevoked: 'InvalidSecurityToken.Expired',
  SecurityTokenOfAnotherKey: 'InvalidSecurityToken.MismatchWithAccessKey',
}

/** Why the signer of a request was not accepted, in the words of this wire. */
export function signInCode(reason: SignInFailure): alibaba.shared.ErrorCode {
  return CODES[reason] ?? 'InvalidAccessKeyId.NotFound'
}
