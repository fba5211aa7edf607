import { CONFIDENTIAL_PARAMETERS } from './actions/confidential-parameters.ts'
import { ERRORS } from './errors.ts'
import { KmsRefusal } from './kms-refusal.ts'
import type { SignedRequest } from './signed-request.ts'
import { stringsToSign } from './verify-signature.ts'

/**
 * The refusal of a signature that does not match. Its message ends in the server's string to sign,
 * which the Go SDK compares with its own to tell a wrong secret from a wrong computation; but not
 * where that holds a confidential value, because clients log messages.
 */
export function signatureMismatch(request: SignedRequest): KmsRefusal {
  const { message } = ERRORS.SignatureDoesNotMatch
  if (!mayShow(request)) return new KmsRefusal('SignatureDoesNotMatch')
  const [text = ''] = stringsToSign(request)
  return new KmsRefusal('SignatureDoesNotMatch', {
    message: `${message} server string to sign is:${text}`,
  })
}

/** In ACS3 the string to sign is a digest. */
function mayShow(request: SignedRequest): boolean {
  if (request.scheme === 'acs3') return true
  const names = [...request.parameters.entries()].map(([name]) => name)
  return !names.some((name) => CONFIDENTIAL_PARAMETERS.has(name))
}
