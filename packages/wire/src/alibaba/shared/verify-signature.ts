import type { KeyObject } from 'node:crypto'
import { verifyAcs3 } from './acs3-signature.ts'
import { acs3StringsToSign } from './acs3-string-to-sign.ts'
import { verifyRpc, verifyRpcWithClientKey } from './rpc-signature.ts'
import { rpcStringToSign } from './rpc-string-to-sign.ts'
import type { SignedRequest } from './signed-request.ts'

/** What the directory has under an access key id: the secret of an access key, or a client key. */
export type SigningCredential =
  | { readonly kind: 'secret'; readonly secret: Uint8Array }
  | { readonly kind: 'clientKey'; readonly publicKey: KeyObject }

/**
 * Whether the holder of the credential signed the request, in constant time for a secret. False too
 * where the scheme is not that of the credential. Says nothing of the request's age or its nonce.
 */
export function verifySignature(request: SignedRequest, credential: SigningCredential): boolean {
  return stringsToSign(request).some((text) => verifies(request, text, credential))
}

/** What the client may have signed; the first is what the reference says. */
export function stringsToSign(request: SignedRequest): readonly string[] {
  return request.scheme === 'rpc'
    ? [rpcStringToSign(request.raw.method, request.parameters.entries())]
    : acs3StringsToSign(request)
}

function verifies(
  request: SignedRequest,
  text: string,
  credential: SigningCredential,
): boolean {
  const { signature } = request
  if (credential.kind === 'secret') {
    if (request.scheme === 'acs3') {
      return verifyAcs3(text, request.algorithm, credential.secret, signature)
    }
    const { signatureMethod: method } = request
    return method !== 'SHA256withRSA' && verifyRpc(text, method, credential.secret, signature)
  }
  return (
    request.scheme === 'rpc' &&
    request.signatureMethod === 'SHA256withRSA' &&
    verifyRpcWithClientKey(text, credential.publicKey, signature)
  )
}
