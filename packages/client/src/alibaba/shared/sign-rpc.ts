import { encodeBase64 } from '../../core/base64.ts'
import { hmac } from '../digest.ts'
import { canonicalPairs, percentEncode } from './percent-encode.ts'
import { FORM, wireTime, type CallToSign, type SignedCall } from './signed-request.ts'

/** How the older SDKs sign, and the stronger hash that the same form can have. */
export type RpcMethod = 'HMAC-SHA1' | 'HMAC-SHA256'

/** Signs as the older SDKs do: all parameters, wherever they stand. */
export async function signRpc(call: CallToSign, algorithm: RpcMethod): Promise<SignedCall> {
  const { action, method, accessKey, date, nonce, parameters } = call
  const common: readonly (readonly [string, string])[] = [
    ['AccessKeyId', accessKey.accessKeyId],
    ['Action', action],
    ['Format', 'JSON'],
    ...(accessKey.securityToken ? [['SecurityToken', accessKey.securityToken] as const] : []),
    ['SignatureMethod', algorithm],
    ['SignatureNonce', nonce],
    ['SignatureVersion', '1.0'],
    ['Timestamp', wireTime(date)],
    ['Version', call.version],
  ]
  const all = [...common, ...parameters]
  const signature = await rpcSignature(accessKey.accessKeySecret, method, all, algorithm)
  const signed = canonicalPairs([...all, ['Signature', signature]])
  return method === 'GET'
    ? { query: signed, body: '', headers: {} }
    : { query: '', body: signed, headers: { 'content-type': FORM } }
}

/** The signature over these parameters, in base64. */
export async function rpcSignature(
  secret: string,
  method: string,
  parameters: Iterable<readonly [string, string]>,
  algorithm: RpcMethod,
): Promise<string> {
  const text = `${method}&%2F&${percentEncode(canonicalPairs(parameters))}`
  const hash = algorithm === 'HMAC-SHA1' ? 'SHA-1' : 'SHA-256'
  return encodeBase64(await hmac(hash, `${secret}&`, text))
}
