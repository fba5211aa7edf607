import type { RawRequest } from './raw-request.ts'
import { readAcs3Request } from './read-acs3-request.ts'
import { readRpcRequest } from './read-rpc-request.ts'
import type { RequestParameters } from './request-parameters.ts'
import type { SignedRequest } from './signed-request.ts'

/**
 * What a request says of itself, in either generation; nothing of it is proven yet. The parameters
 * are read before (`readParameters`), so that a refusal here has the format the client asked for.
 * @throws KmsRefusal when a common parameter or header is missing or malformed.
 */
export function readSignedRequest(raw: RawRequest, parameters: RequestParameters): SignedRequest {
  const authorization = raw.headers['authorization']
  // Also ACS4 and whatever comes, so that the refusal speaks of the header that was sent.
  return authorization !== undefined && /^ACS\d/.test(authorization)
    ? readAcs3Request(raw, parameters, authorization)
    : readRpcRequest(raw, parameters)
}
