import { hex, hmac, sha256Hex, utf8 } from '../digest.ts'
import { canonicalPairs } from './percent-encode.ts'
import { FORM, wireTime, type CallToSign, type SignedCall } from './signed-request.ts'

const ALGORITHM = 'ACS3-HMAC-SHA256'

/** Signs as the current SDKs do: headers, and the hash of the body. */
export async function signAcs3(call: CallToSign): Promise<SignedCall> {
  const { action, method, host, accessKey, date, nonce } = call
  const pairs = canonicalPairs(call.parameters)
  const [query, body] = method === 'GET' ? [pairs, ''] : ['', pairs]
  const bodyHash = await sha256Hex(utf8(body))
  const headers: Record<string, string> = {
    ...(body === '' ? {} : { 'content-type': FORM }),
    'x-acs-action': action,
    'x-acs-content-sha256': bodyHash,
    'x-acs-date': wireTime(date),
    'x-acs-signature-nonce': nonce,
    'x-acs-version': call.version,
    ...(accessKey.securityToken
      ? {
          'x-acs-accesskey-id': accessKey.accessKeyId,
          'x-acs-security-token': accessKey.securityToken,
        }
      : {}),
  }
  const signature = await sign(accessKey.accessKeySecret, {
    method,
    query,
    headers: { host, ...headers },
    bodyHash,
  })
  const authorization = `${ALGORITHM} Credential=${accessKey.accessKeyId},${signature}`
  return { query, body, headers: { accept: 'application/json', ...headers, authorization } }
}

/** What a signature of this kind covers. */
export interface Acs3Request {
  readonly method: string
  /** Sorted and encoded. */
  readonly query: string
  /** All that are signed. */
  readonly headers: Readonly<Record<string, string>>
  /** Lower-case hex. */
  readonly bodyHash: string
}

/** The names that are signed and the signature, as the header has them. */
export async function sign(secret: string, request: Acs3Request): Promise<string> {
  const names = Object.keys(request.headers).sort()
  const canonical = [
    request.method,
    '/',
    request.query,
    // Each line has its end, so that an empty one follows.
    names.map((name) => `${name}:${request.headers[name]?.trim()}\n`).join(''),
    names.join(';'),
    request.bodyHash,
  ].join('\n')
  const text = `${ALGORITHM}\n${await sha256Hex(utf8(canonical))}`
  const signature = hex(await hmac('SHA-256', secret, text))
  return `SignedHeaders=${names.join(';')},Signature=${signature}`
}
